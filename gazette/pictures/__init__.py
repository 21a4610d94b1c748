"""Drawings made from data, and photographs made fit to be shown."""
