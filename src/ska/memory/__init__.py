"""What one run leaves on disk for the next. All of it is safe to delete."""
