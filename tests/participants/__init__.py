"""Participants and the messages that a person tells them."""
