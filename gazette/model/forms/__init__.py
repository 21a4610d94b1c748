"""Reads single values of content files, and defines the errors for invalid ones."""
