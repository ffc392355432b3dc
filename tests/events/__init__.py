"""Tours and fairs."""
