"""What is behind each figure of progress: the list that it counts, and why it has changed."""
