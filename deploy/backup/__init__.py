"""Backups of all databases, and putting them back."""
