"""Runs work: in this process, in others, on other machines. Knows no content."""
