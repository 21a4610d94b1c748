"""Derives what follows from a pledge's records on a given day: state, history, notices, who speaks for whom."""
