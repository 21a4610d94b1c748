"""The pages of the site, one module each: its view, the slots that units fill, and what a unit adds to them."""
