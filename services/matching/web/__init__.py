"""Matching's doors: the front page, sign-in, the social map, answers of partners, and two APIs."""
