"""What stands on a map: sites near and far, layers, thumbnails, surroundings."""
