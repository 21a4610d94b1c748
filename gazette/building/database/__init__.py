"""What is kept between the builds of one output folder: all of it in one SQLite file, all SQL in these modules."""
