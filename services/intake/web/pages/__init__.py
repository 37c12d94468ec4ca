"""Intake's pages, one module each."""
