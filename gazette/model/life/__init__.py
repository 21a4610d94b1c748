"""What follows from the records of a pledge on a day: its state, its history, its notices, who speaks for whom."""
