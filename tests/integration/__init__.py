"""One piece of plumbing against the real part it is made for."""
