"""The desk of the werkgeversteam: the work list and the imports."""
