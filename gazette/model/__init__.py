"""Holds the facts, and the forms in which they are written."""
