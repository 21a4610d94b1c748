"""Asks an editor for a new unit, pledge or update, value by value."""
