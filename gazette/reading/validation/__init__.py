"""Checks whether records fit together: within a text, a unit, a notice, the site, and between units."""
