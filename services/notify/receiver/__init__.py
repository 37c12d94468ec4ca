"""Receiving mail: each is taken for good, or offered again later."""
