"""Defines the records of the content: units and their pledges, notices, the site, editions."""
