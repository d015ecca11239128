"""What people ask for and are shown."""
