"""Invented cities, with their people and stories. No organisation, person, address or number is real."""
