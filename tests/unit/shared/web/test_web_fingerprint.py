"""What makes two requests of a machine the same: what they say, however it is written."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.web.idempotency import fingerprint

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def mark(body: str | bytes) -> str:
    return fingerprint("POST", "/v1/requests", body.encode() if isinstance(body, str) else body)


def test_fingerprint_differs_by_method_path_and_body() -> None:
    asked = {
        fingerprint(*parts)
        for parts in (
            ("POST", "/a", b'"x"'),
            ("PUT", "/a", b'"x"'),
            ("POST", "/b", b'"x"'),
            ("POST", "/a", b'"y"'),
            ("POST", "/a", b""),
        )
    }
    assert len(asked) == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"a": 1, "b": 2}', '{"b":2,"a":1}'),
        ('{"a": {"c": [1, {"y": 1, "x": 2}]}}', '{ "a" : {"c":[1,{"x":2,"y":1}]} }\n'),
        ('{"naam": "Zo\u00eb"}', '{"n\\u0061am": "Zo\\u00eb"}'),
        ('{"a": "\U0001f600/"}', '{"a": "\\uD83D\\ude00\\/"}'),
        ('{"a": 1}', '{"a": 1.0}'),
        ('{"a": [100, 0, 0.5]}', '{"a": [1e2, -0.0, 5E-1]}'),
        ('{"a": 2}', '{"a": 1, "a": 2}'),
        ('{"a": 1000000000000000000000000000000}', '{"a": 1e30}'),
    ],
    ids=["order", "spaces", "escapes", "pairs", "whole", "numbers", "key twice: the last counts", "beyond 64 bits"],
)
def test_same_content_written_otherwise_is_the_same_request(one: str, other: str) -> None:
    assert mark(one) == mark(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"a": 1}', '{"a": "1"}'),
        ('{"a": 1}', '{"a": true}'),
        ('{"a": 0}', '{"a": false}'),
        ('{"a": null}', "{}"),
        ('{"a": ""}', '{"a": null}'),
        ('{"a": [1, 2]}', '{"a": [2, 1]}'),
        ('{"a": "b"}', '{"a": "B"}'),
        ('{"a": "1.0"}', '{"a": "1"}'),
        ('{"a": 1}', '{"a": 1.5}'),
        ('{"a": 1, "a": 2}', '{"a": 2, "a": 1}'),
    ],
)
def test_other_content_is_another_request(one: str, other: str) -> None:
    assert mark(one) != mark(other)


@given(ANY_JSON)
def test_no_way_of_writing_it_makes_another_request(content: Any) -> None:  # noqa: ANN401 - any JSON
    plain, sorted_ = json.dumps(content, ensure_ascii=False), json.dumps(content, sort_keys=True, indent=3)
    assert mark(plain) == mark(sorted_)
