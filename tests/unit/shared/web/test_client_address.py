"""Who asks is counted by address, and a household of IPv6 counts as one."""

import pytest
from starlette.requests import Request

from shared.web.dependencies import client_address


@pytest.mark.parametrize(
    ("host", "counted_as"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"), ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"), ("192.0.2.7", "192.0.2.7"), ("testclient", "testclient"),
    ],
)  # fmt: skip
def test_addresses_of_one_household_count_as_one(host: str, counted_as: str) -> None:
    assert client_address(Request({"type": "http", "client": (host, 1)})) == counted_as
