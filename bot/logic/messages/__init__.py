"""What is said to people, in the form that each platform takes."""
