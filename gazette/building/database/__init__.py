"""Stores what is kept between the builds of one output folder, in one SQLite file. All SQL is in these modules."""
