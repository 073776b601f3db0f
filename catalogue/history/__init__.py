"""What was known when: versions, their differences, and bringing one back."""
