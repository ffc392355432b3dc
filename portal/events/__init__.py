"""Tours and their places, job fairs and their stands."""
