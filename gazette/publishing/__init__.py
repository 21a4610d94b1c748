"""What has been published, and when."""
