"""Defines what a site consists of: targets, their views and their addresses."""
