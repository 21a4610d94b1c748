"""How Chinese lines are set. Required: documents without it are wrong."""
