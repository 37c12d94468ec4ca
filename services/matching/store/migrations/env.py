"""Alembic's entry for matching's tables."""

from services.matching.store.tables import MatchingTable
from shared.storage.migrations import run_env

run_env(MatchingTable.metadata)
