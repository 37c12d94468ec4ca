"""The five services of Schakel. They share nothing but events and the plumbing in ``shared``."""
