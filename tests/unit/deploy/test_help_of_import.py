"""Whoever makes a social map in a spreadsheet finds its columns in `schakel map import --help`."""

import re

from deploy.cli.network import take_over
from services.matching.adapters.csv_map import COLUMNS


def test_help_of_import_names_every_column_of_a_csv() -> None:
    named = re.findall(r"[a-z_]+", take_over.__doc__ or "")

    assert set(COLUMNS) - set(named) == set()
