"""Drawings made from data, and photographs prepared for the site."""
