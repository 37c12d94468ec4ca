"""Alembic's entry for the plumbing's tables."""

from shared.storage.migrations import run_env
from shared.storage.table_versions import PLUMBING_VERSIONS
from shared.storage.tables import PLUMBING

run_env(PLUMBING, PLUMBING_VERSIONS)
