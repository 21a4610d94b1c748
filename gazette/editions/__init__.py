"""What is kept of what was published: the register, the editions, and what changed since."""
