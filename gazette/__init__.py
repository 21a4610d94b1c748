"""Gazette: plain files about public promises become a bilingual site, bulletins and open data."""

VERSION = "0.1.0"
