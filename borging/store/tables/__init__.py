"""The tables. Facts only: every status is derived elsewhere from these and a day.

Vocabulary columns hold the value of a term from `borging.domain.terms`, checked by the
database. `deleted_at` marks a row as removed; reads leave such rows out. `source` says where
a row came from: None was made here, 'voorbeeld' is the example portfolio, any other value
is the name of an import profile.
"""

from borging.store.tables.attachments import Attachment
from borging.store.tables.base import EXAMPLE_SOURCE, Record
from borging.store.tables.calendar import CalendarReview
from borging.store.tables.capacity import JobRole, LeavePeriod, PlanningRoom, StaffingNeed
from borging.store.tables.dossier import DossierItem
from borging.store.tables.flu import FluSeasonRecord, FluWeek
from borging.store.tables.log import AuditEntry, Revision, Secret, TableRevision
from borging.store.tables.organisation import OrganisationSetting, OwnHoliday
from borging.store.tables.portfolio import (
    CourseReport,
    Goal,
    Observation,
    Person,
    PhaseRecord,
    Project,
    ProjectResult,
    ResidualItem,
    SustainDeclaration,
    Unit,
)
from borging.store.tables.scans import (
    STOPPED_LINK,
    FactorAnswer,
    FactorRemark,
    InstrumentRecord,
    Scan,
    ScanBallot,
    ScanConsensus,
    ScanDraft,
    ScanInvitation,
    ScanResponse,
)
from borging.store.tables.scenarios import Scenario
from borging.store.texts import bound_texts

bound_texts(Record.metadata)

__all__ = [
    "EXAMPLE_SOURCE",
    "STOPPED_LINK",
    "Attachment",
    "AuditEntry",
    "CalendarReview",
    "CourseReport",
    "DossierItem",
    "FactorAnswer",
    "FactorRemark",
    "FluSeasonRecord",
    "FluWeek",
    "Goal",
    "InstrumentRecord",
    "JobRole",
    "LeavePeriod",
    "Observation",
    "OrganisationSetting",
    "OwnHoliday",
    "Person",
    "PhaseRecord",
    "PlanningRoom",
    "Project",
    "ProjectResult",
    "Record",
    "ResidualItem",
    "Revision",
    "Scan",
    "ScanBallot",
    "ScanConsensus",
    "ScanDraft",
    "ScanInvitation",
    "ScanResponse",
    "Scenario",
    "Secret",
    "StaffingNeed",
    "SustainDeclaration",
    "TableRevision",
    "Unit",
]
