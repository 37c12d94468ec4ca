"""Alembic's entry for monitoring's tables."""

from services.monitoring.store.tables import MonitoringTable
from shared.storage.migrations import run_env

run_env(MonitoringTable.metadata)
