"""The tests mirror the portal's packages."""
