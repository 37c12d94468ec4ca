"""Alembic's entry for the plumbing's tables."""

from shared.storage.migrations import PLUMBING_VERSIONS, run_env
from shared.storage.tables import PLUMBING

run_env(PLUMBING, PLUMBING_VERSIONS)
