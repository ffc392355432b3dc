"""Meedraaien: the employer portal and event platform.

The order of the packages, imports pointing down only (guarded by import-linter):

    app | cli, worker, demo | site, team | placements | events, stories, subsidies | employers
    | participants, accounts | web (pages) | kernel (no flask)
"""
