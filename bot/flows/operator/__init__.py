"""What the operator hears, and keeping the memory in shape."""
