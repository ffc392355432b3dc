"""Employers: signing up, members, vacancies and trial offers, calls made on their behalf."""
