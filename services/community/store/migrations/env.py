"""Alembic's entry for community's tables."""

from services.community.store.tables import CommunityTable
from shared.storage.migrations import run_env

run_env(CommunityTable.metadata)
