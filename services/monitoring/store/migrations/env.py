"""Alembic's entry for monitoring's tables."""

from services.monitoring.store.tables import MonitoringTable
from shared.migrations import run_env

run_env(MonitoringTable.metadata)
