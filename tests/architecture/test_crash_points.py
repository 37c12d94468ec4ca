"""Every named point at which a process may be killed is a point at which a test kills it (P7)."""

import re

from tests.architecture.tree import project

POINT = re.compile(r"crash_point\(\s*\"([a-z.-]+)\"")
NAMED = re.compile(r"\"([a-z]+\.(?:before|after)-[a-z-]+)\"")


def test_process_is_killed_at_every_point_that_has_a_name() -> None:
    points = {
        name
        for folder in ("shared", "services", "deploy")
        for each in project().under(folder)
        for name in POINT.findall(each.text)
    }
    killed = {
        name for each in project().under("tests") if "crashes" in each.path.stem for name in NAMED.findall(each.text)
    }
    assert points
    assert points == killed
