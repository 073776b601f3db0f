"""The whole catalogue in one file, and from one."""
