"""Anonymised stories of people who look for work, and the introductions that follow."""
