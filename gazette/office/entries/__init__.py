"""The talk that asks for a new unit, pledge or update, value by value."""
