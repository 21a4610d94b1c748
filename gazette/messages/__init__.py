"""The messages to users, in each language."""
