"""Reads the lines and the markup of texts."""
