"""The demo: the world of the scenario, made through the portal's own commands. Invented people, never in production."""
