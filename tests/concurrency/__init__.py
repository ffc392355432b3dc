"""Races, each with its control."""
