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
    """First path segment -> container. Raises AssertionError for a path without what lies under it, or the reverse."""
    to = {name or ALL: PROXIED.findall(body) for name, body in HANDLER.findall(text)}
    found: dict[str, str] = {}
    for name, paths in MATCHER.findall(text):
        assert len(to[name]) == 1, f"@{name} leads to one container"
        given = set(paths.split())
        for segment in {path.strip("/*").split("/")[0] for path in given}:
            is_file = segment == "" or "." in segment
            assert {f"/{segment}"} | (set() if is_file else {f"/{segment}/*"}) <= given, f"/{segment} as a whole"
            assert segment not in found, f"/{segment} stands in two lines"
            found[segment] = to[name][0][0]
        assert len(given) == sum(1 if segment == "" or "." in segment else 2 for segment in _segments(given))
    return found


def _segments(paths: set[str]) -> set[str]:
    return {path.strip("/*").split("/")[0] for path in paths}


def what_reaches_nobody(text: str) -> str:
    """What happens with a path that stands in no line."""
    bodies: dict[str, str] = dict(HANDLER.findall(text))
    return bodies[""]


def test_proxy_sends_each_path_to_the_service_of_the_site_table() -> None:
    found = routes(CADDYFILE.read_text(encoding="utf-8"))

    assert found.pop("postvak") == "mailbox"
    assert found == {segment: f"{service}-web" for segment, service in PATHS.items()}


def test_proxy_leads_what_stands_in_no_line_to_the_page_that_says_so() -> None:
    steps = what_reaches_nobody(CADDYFILE.read_text(encoding="utf-8")).split("\n")

    assert [step.strip() for step in steps if step] == ["rewrite * /niet-gevonden", "reverse_proxy matching-web:8000"]


@pytest.mark.parametrize("hidden", ["internal", "metrics", "livez", "readyz"])
def test_proxy_has_no_line_for_what_is_only_for_services_and_operators(hidden: str) -> None:
    assert hidden not in routes(CADDYFILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("/gezin /gezin/*", "/gezin"), ("/gezin /gezin/*", "/gezin/*"), ("/gezin /gezin/*", "/gezin /gezin/* /gezin/x/*"),
     ("/bord /bord/*", "/bord /bord/* /kaart /kaart/*")],
)  # fmt: skip
def test_reading_of_the_proxy_refuses_half_a_segment_and_one_in_two_lines(was: str, becomes: str) -> None:
    text = CADDYFILE.read_text(encoding="utf-8")

    with pytest.raises(AssertionError):
        routes(text.replace(was, becomes, 1))


def test_reading_of_the_proxy_sees_a_path_at_the_wrong_service() -> None:
    text = CADDYFILE.read_text(encoding="utf-8").replace("reverse_proxy notify-web", "reverse_proxy intake-web")

    assert routes(text)["berichten"] == "intake-web"
