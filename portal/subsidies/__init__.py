"""Subsidies and other support for employers, as dated data with a source."""
