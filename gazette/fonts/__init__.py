"""Holds the bundled fonts, and reads their contents."""
