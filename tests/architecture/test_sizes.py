"""Small files, small functions."""

import pytest

from tests.architecture import sizes
from tests.architecture.tree import Rule, project, sample

STATEMENTS = "    pass\n"


@pytest.mark.parametrize("rule", sizes.RULES, ids=lambda rule: rule.__name__)
def test_schakel_keeps_the_rule(rule: Rule) -> None:
    violations = rule(project())
    assert not violations, "\n".join(violations)


def test_file_is_rejected_from_250_lines_on() -> None:
    assert sizes.files_are_short(sample({"shared/long.py": "\n" * 249})) == []
    assert sizes.files_are_short(sample({"shared/long.py": "\n" * 250})) == ["shared/long.py: 250 lines"]


@pytest.mark.parametrize("start", ["def work():\n", "async def work():\n"])
def test_function_is_rejected_from_30_lines_on(start: str) -> None:
    assert sizes.functions_are_short(sample({"shared/long.py": start + STATEMENTS * 28})) == []
    long = sample({"shared/long.py": start + STATEMENTS * 29})
    assert sizes.functions_are_short(long) == ["shared/long.py:1: work has 30 lines"]


def test_method_is_rejected_when_it_is_long_and_its_docstring_is_not_counted() -> None:
    body = '        """Three\n\n        lines."""\n' + "    " + ("    pass\n    " * 29).rstrip(" ")
    long = sample({"shared/long.py": "class Work:\n    @decorated\n    def do(self):\n" + body})
    assert sizes.functions_are_short(long) == ["shared/long.py:3: do has 30 lines"]


def test_function_is_measured_without_those_inside_it_which_are_measured_too() -> None:
    inside = "    def page():\n" + ("    " + STATEMENTS) * 27
    router = sample({"shared/pages.py": "def router():\n" + inside * 3 + STATEMENTS})
    assert sizes.functions_are_short(router) == []
    longer = sample({"shared/pages.py": "def router():\n" + inside + ("    " + STATEMENTS) * 2 + STATEMENTS})
    assert sizes.functions_are_short(longer) == ["shared/pages.py:2: page has 30 lines"]
