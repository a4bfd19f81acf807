"""Files with flu seasons."""
