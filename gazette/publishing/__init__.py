"""What has been published, and when: the register, editions, and what changed since."""
