"""Alembic's entry for the plumbing's tables."""

from shared.migrations import PLUMBING_VERSIONS, run_env
from shared.tables import PLUMBING

run_env(PLUMBING, PLUMBING_VERSIONS)
