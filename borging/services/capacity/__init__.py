"""Functions against what projects ask of them, winters, and the check of a new plan."""
