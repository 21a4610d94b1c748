"""Reads content files into records, and reports every problem at its place."""
