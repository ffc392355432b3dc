"""Who has an account: users, roles, signing in."""
