"""One project: its facts, its dossier with a rule per part, its handover."""
