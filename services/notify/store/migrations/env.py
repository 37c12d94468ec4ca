"""Alembic's entry for notify's tables."""

from services.notify.store.tables import NotifyTable
from shared.storage.migrations import run_env

run_env(NotifyTable.metadata)
