"""Plumbing and services migrate apart."""

import pytest

from shared.events.catalogue import SERVICES
from shared.storage.table_versions import PLUMBING_VERSIONS, SERVICE_VERSIONS
from tests.architecture.tree import SourceTree, calls, project, sample

ENTRIES = {service: f"services/{service}/store/migrations/env.py" for service in SERVICES}


def arguments_of_run_env(tree: SourceTree, path: str) -> list[int]:
    """With how many arguments the file calls `run_env`."""
    found = (call for source in tree.under(path) for name, call in calls(source) if name == "run_env")
    return [len(call.args) + len(call.keywords) for call in found]


@pytest.mark.parametrize("path", ENTRIES.values(), ids=ENTRIES)
def test_plumbing_and_services_count_their_migrations_apart(path: str) -> None:
    assert PLUMBING_VERSIONS != SERVICE_VERSIONS
    assert arguments_of_run_env(project(), path) == [1], "a service keeps the version table that run_env gives it"
    assert arguments_of_run_env(project(), "shared/storage/migrations/env.py") == [2]


def test_entry_of_a_service_is_told_when_it_names_a_version_table() -> None:
    path = ENTRIES["intake"]
    assert arguments_of_run_env(sample({path: "run_env(tables, PLUMBING_VERSIONS)"}), path) == [2]
