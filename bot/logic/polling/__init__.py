"""When a source is asked, and what one look at it comes to."""
