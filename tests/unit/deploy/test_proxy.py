"""The proxy and the table of the site say the same, and what belongs to nobody reaches no service."""

import re
from pathlib import Path

import pytest

from shared.web.site import PATHS

CADDYFILE = Path(__file__).parents[3] / "deploy" / "compose" / "Caddyfile"
MATCHER = re.compile(r"^\t@(\w+) path (.+)$", re.MULTILINE)
HANDLER = re.compile(r"^\thandle(?: @(\w+))? \{\n((?:\t\t.+\n)+)\t\}$", re.MULTILINE)
PROXIED = re.compile(r"reverse_proxy ([\w-]+):(\d+)")
ALL = "everything else"


def routes(text: str) -> dict[str, str]:
    """First path segment, or the first two -> container.

    Raises AssertionError for a path without what lies under it, or the reverse, and for one that a line before takes.
    """
    to = {name or ALL: PROXIED.findall(body) for name, body in HANDLER.findall(text)}
    found: dict[str, str] = {}
    for name, paths in MATCHER.findall(text):
        assert len(to[name]) == 1, f"@{name} leads to one container"
        given = set(paths.split())
        # Those with two segments are looked at after the others: a line of the same container may hold both.
        for place in sorted(_places(given), key=lambda place: place.count("/"), reverse=True):
            is_file = place == "" or "." in place
            assert {f"/{place}"} | (set() if is_file else {f"/{place}/*"}) <= given, f"/{place} as a whole"
            assert place not in found, f"/{place} stands in two lines"
            assert place.split("/")[0] not in found, f"/{place} is taken by a line before it"
            found[place] = to[name][0][0]
        assert len(given) == sum(1 if place == "" or "." in place else 2 for place in _places(given))
    return found


def _places(paths: set[str]) -> set[str]:
    return {"/".join(path.strip("/*").split("/")[:2]) for path in paths}


def what_reaches_nobody(text: str) -> str:
    """What happens with a path that stands in no line."""
    bodies: dict[str, str] = dict(HANDLER.findall(text))
    return bodies[""]


def test_proxy_sends_each_path_to_the_service_of_the_site_table() -> None:
    found = routes(CADDYFILE.read_text(encoding="utf-8"))

    assert found.pop("postvak") == "mailbox"
    assert found == {place: f"{service}-web" for place, service in PATHS.items()}


def test_proxy_leads_what_stands_in_no_line_to_the_page_that_says_so() -> None:
    steps = what_reaches_nobody(CADDYFILE.read_text(encoding="utf-8")).split("\n")

    assert [step.strip() for step in steps if step][:2] == [
        "rewrite * /niet-gevonden",
        "reverse_proxy matching-web:8000 {",
    ]


@pytest.mark.parametrize("hidden", ["internal", "metrics", "livez", "readyz"])
def test_proxy_has_no_line_for_what_is_only_for_services_and_operators(hidden: str) -> None:
    assert hidden not in routes(CADDYFILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("/gezin /gezin/*", "/gezin"), ("/gezin /gezin/*", "/gezin/*"), ("/gezin /gezin/*", "/gezin /gezin/* /gezin/x/*"),
     ("/bord /bord/*", "/bord /bord/* /kaart /kaart/*"), ("/v1/referrals /v1/referrals/*", "/v1/referrals"),
     ("/hsds /hsds/*", "/hsds /hsds/* /v1 /v1/*"), ("/inloggen /inloggen/*", "/inloggen /inloggen/* /v1 /v1/*")],
)  # fmt: skip
def test_reading_of_the_proxy_refuses_half_a_segment_and_one_in_two_lines(was: str, becomes: str) -> None:
    text = CADDYFILE.read_text(encoding="utf-8")

    with pytest.raises(AssertionError):
        routes(text.replace(was, becomes, 1))


def test_reading_of_the_proxy_sees_a_path_at_the_wrong_service() -> None:
    text = CADDYFILE.read_text(encoding="utf-8").replace("reverse_proxy notify-web", "reverse_proxy intake-web")

    assert routes(text)["berichten"] == "intake-web"
