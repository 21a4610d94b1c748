"""How single values are written in content files, and the errors for those that are not."""
