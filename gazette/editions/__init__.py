"""What is kept of what was published: the register, editions, and what changed since."""
