"""The search among what is published: what it finds, and the files that it is made of."""
