"""What can be wrong with a change of the goal tree; each message is a Dutch sentence."""

from __future__ import annotations

from borging.domain.goals import LONGEST_TITLE
from borging.domain.terms import GoalKind

ARTICLE = {GoalKind.VISION: "een visie", GoalKind.THEME: "een thema", GoalKind.GOAL: "een doel"}


class GoalError(ValueError):
    """A change of the goal tree cannot be made; nothing was written."""


class UnknownGoalError(GoalError):
    """The goal is not there (any more)."""

    def __init__(self) -> None:
        super().__init__(
            "Deze tak is er niet meer; iemand anders heeft haar weggehaald. Kies een andere tak."
        )


class GoalTitleError(GoalError):
    """The goal has no title, or one that is too long."""

    def __init__(self) -> None:
        super().__init__(f"Vul een naam in van 1 tot en met {LONGEST_TITLE} tekens.")


class SameTitleError(GoalError):
    """Another goal has this title: a list that is read in finds a goal by its title."""

    def __init__(self, title: str) -> None:
        super().__init__(f"‘{title}’ staat al in de doelenboom. Kies een andere naam.")


class MisplacedGoalError(GoalError):
    """A kind would hang under one that is not above it."""

    def __init__(self, kind: GoalKind, parent_title: str, parent_kind: GoalKind) -> None:
        super().__init__(
            f"{ARTICLE[kind].capitalize()} kan niet hangen onder ‘{parent_title}’: dat is "
            f"{ARTICLE[parent_kind]}. Van boven naar beneden: visie, thema, doel."
        )


class GoalUnderItselfError(GoalError):
    """A goal would hang under itself."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"‘{title}’ kan niet onder zichzelf hangen, of onder iets dat eronder hangt. Kies een "
            "andere plaats."
        )


class GoalInUseError(GoalError):
    """Something hangs under a goal that is to be removed."""

    def __init__(self, title: str, hanging: str) -> None:
        super().__init__(
            f"‘{title}’ heeft nog {hanging} onder zich. Hang dat eerst ergens anders onder, of "
            "maak het los."
        )


class GoalChangedError(GoalError):
    """Somebody else changed the goal; version: what it is at now."""

    def __init__(self, sentence: str, version: int) -> None:
        self.version = version
        super().__init__(sentence)


class ProjectsMovedError(GoalError):
    """Somebody else hung a project elsewhere, or removed it."""

    def __init__(self, codes: str) -> None:
        super().__init__(
            f"Iemand anders heeft intussen verhangen of weggehaald: {codes}. Kijk waar het nu "
            "hangt en kies opnieuw."
        )


class NothingToUndoError(GoalError):
    """The last change of the tree cannot be undone."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
