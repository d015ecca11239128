"""What changed between two looks at a document, and what is told of it."""
