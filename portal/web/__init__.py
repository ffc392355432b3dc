"""Tools for pages: access, transactions, forms, templates, errors, headers. Knows no domain."""
