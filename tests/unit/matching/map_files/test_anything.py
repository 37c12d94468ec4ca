"""Whatever a file holds, it is read or refused: nothing in it stops an import."""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.adapters.hsds_members import OF_ORGANISATION, OF_SERVICE
from tests.unit.matching.map_files.reading import hsds, packed, read

MEMBERS = sorted({name for fields in (OF_ORGANISATION, OF_SERVICE) for of in fields.values() for name in of})
INSIDE = [
    "id", "name", "number", "amount", "option", "code", "taxonomy_term", "taxonomy", "location", "addresses", "byday",
    "opens_at", "interval", "minimum_age", "maximum", "email", "description", "phones", "services", "organization",
]  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.sampled_from(["1", "MO", "€ 5"])
)
ANY: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INSIDE), inner, max_size=3),
    max_leaves=6,
)


def taken(content: object, name: str) -> int:
    """How many rows and items the reader had something to say of."""
    with tempfile.TemporaryDirectory() as folder:
        found = read(Path(folder), content, name)
    return len(found.services) + len(found.organisations) + len(found.people) + len(found.refused)


@settings(deadline=None, max_examples=50)
@given(st.dictionaries(st.sampled_from([*MEMBERS, "id", "name", "organization", "attributes"]), ANY, max_size=4))
def test_service_with_anything_in_it_is_read_or_refused(members: dict[str, Any]) -> None:
    assert taken(json.dumps([hsds() | members]), "kaart.json") >= 1


@settings(deadline=None, max_examples=50)
@given(ANY)
def test_json_with_anything_in_it_is_read_or_refused(whole: object) -> None:
    assert taken(json.dumps(whole), "kaart.json") + (whole == []) >= 1


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=60), st.sampled_from(["k.csv", "k.txt", "k.json", "k.zip", "k.xlsx"]))
def test_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    assert taken(content, name) >= 1


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=60))
def test_tables_of_anything_are_read_or_refused(content: bytes) -> None:
    services = b"id,organization_id,name,minimum_age,status\n1,1,Fiets,"

    assert taken(packed({"services.csv": services + content, "phones.csv": content}), "k.zip") >= 1
