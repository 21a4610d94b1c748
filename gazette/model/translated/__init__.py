"""Determines which translations still match their sources."""
