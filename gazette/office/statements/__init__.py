"""Turns a printed statement into drafts of its units."""
