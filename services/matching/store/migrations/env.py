"""Alembic's entry for matching's tables."""

from services.matching.store.tables import REFERRALS
from shared.storage.migrations import run_env

run_env(REFERRALS.metadata)
