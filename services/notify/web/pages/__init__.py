"""Notify's pages."""
