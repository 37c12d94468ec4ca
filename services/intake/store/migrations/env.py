"""Alembic's entry for intake's tables."""

from services.intake.store.tables import IntakeTable
from shared.storage.migrations import run_env

run_env(IntakeTable.metadata)
