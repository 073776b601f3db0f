"""The hours register of the municipalities."""
