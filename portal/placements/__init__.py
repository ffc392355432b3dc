"""People at work with an employer, and the issues that come up."""
