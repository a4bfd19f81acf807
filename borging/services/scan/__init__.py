"""The borgingsscan: results, rounds, discussion, comparison, actions, teams."""
