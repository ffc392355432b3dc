"""How fast the portal is, beside the least that such a page can be, in one run. See benchmarks/README.md."""
