"""The portal used in a real browser."""
