"""Which translations still belong to their sources."""
