"""From a target to its bytes, through Jinja. Knows no pledges."""
