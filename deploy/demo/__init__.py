"""Invented cities: their social maps, their people, and the stories of their children. No organisation, person, address or number is real."""
