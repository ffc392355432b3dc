"""Home, privacy, health and the tools of the demo."""
