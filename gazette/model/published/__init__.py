"""Turns what is stated in public into facts and lines of text, and compares two days."""
