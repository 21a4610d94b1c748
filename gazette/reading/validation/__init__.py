"""Whether what was read fits together: within a text, a unit, a notice, the site, and between units."""
