"""Accounts: rules, commands, pages."""
