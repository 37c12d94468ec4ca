"""Matching's pages (front page, sign-in, social map, referrals, the partner's page) and its two APIs."""
