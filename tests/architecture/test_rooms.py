"""Every service has the same rooms with the same names."""

import pytest

from tests.architecture import rooms
from tests.architecture.tree import Rule, project, sample

INIT = '"""Intake. Owns cases. Consumes matching. Publishes RequestReceived."""\n'


def a_service(name: str = "intake") -> dict[str, str]:
    """A complete service, its files empty."""
    files = ["__main__", "settings", "bootstrap", "commands", "ports", "handlers", "subscriptions", "schedule"]
    files += ["domain/__init__", "domain/errors", "domain/rules", "adapters/__init__", "web/__init__", "web/pages"]
    files += ["store/__init__", "store/tables", "store/repositories", "store/migrations/env"]
    whole = {f"services/{name}/{file}.py": "" for file in files}
    whole[f"services/{name}/subscriptions.py"] = "SUBSCRIPTIONS = ()"
    whole[f"services/{name}/schedule.py"] = "TIMERS = {}\nJOBS = ()"
    whole[f"services/{name}/bootstrap.py"] = "def build(settings, parts): ..."
    return whole | {f"services/{name}/__init__.py": INIT, f"services/{name}/web/templates/page.html": ""}


def without(path: str) -> dict[str, str]:
    """A service that lacks a file."""
    return {name: text for name, text in a_service().items() if name != path}


SAME, FURNISHED = rooms.every_service_has_the_same_rooms, rooms.every_room_has_its_furniture
ONE_PAGE, SAYS = rooms.rooms_of_one_page_stay_one_page, rooms.every_package_says_what_it_is
TABLES, FEW = rooms.every_table_has_its_name, rooms.shared_has_few_rooms
BAD = [
    (SAME, without("services/intake/ports.py"), "services/intake: the room ports is missing"),
    (SAME, without("services/intake/handlers.py"), "services/intake: the room handlers is missing"),
    (SAME, a_service() | {"services/intake/attic.py": ""}, "services/intake: attic is no room of the house"),
    (SAME, a_service() | {"services/intake/models/case.py": ""}, "services/intake: models is no room of the house"),
    (SAME, a_service() | {"services/intake/sender.py": ""}, "services/intake: sender is no room of the house"),
    (SAME, a_service() | {"services/notify/__init__.py": ""}, "services/notify: the room domain is missing"),
    (FURNISHED, without("services/intake/store/tables.py"), "services/intake/store: tables is missing"),
    (FURNISHED, without("services/intake/domain/errors.py"), "services/intake/domain: errors is missing"),
    (FURNISHED, without("services/intake/web/templates/page.html"), "services/intake/web: templates is missing"),
    (ONE_PAGE, a_service() | {"services/intake/commands/cases.py": ""}, "services/intake/commands: is a folder"),
    (TABLES, a_service() | {"services/intake/bootstrap.py": ""}, "bootstrap.py:1: does not define build"),
    (TABLES, a_service() | {"services/intake/schedule.py": "TIMERS = {}"}, "schedule.py:1: does not define JOBS"),
    (FEW, {"shared/attic/box.py": ""}, "shared: attic is no room of the house"),
    (FEW, {"shared/outbox.py": ""}, "shared/outbox.py: stands loose in shared"),
    (
        SAYS,
        a_service() | {"services/intake/__init__.py": '"""Intake. Owns cases. Hears matching. Says a lot."""'},
        "does not say what this service owns, consumes and publishes",
    ),
]


@pytest.mark.parametrize("rule", rooms.RULES, ids=lambda rule: rule.__name__)
def test_schakel_keeps_the_rule(rule: Rule) -> None:
    violations = rule(project())
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize(("rule", "files", "words"), BAD, ids=[words for *_, words in BAD])
def test_rule_rejects_a_bad_sample(rule: Rule, files: dict[str, str], words: str) -> None:
    assert any(words in violation for violation in rule(sample(files)))


@pytest.mark.parametrize("rule", rooms.RULES, ids=lambda rule: rule.__name__)
def test_rule_accepts_a_good_sample_and_has_a_bad_one(rule: Rule) -> None:
    grown = {"services/matching/handlers/asking.py": "", "services/matching/handlers/__init__.py": ""}
    matching = {path: text for path, text in a_service("matching").items() if not path.endswith("/handlers.py")}
    notify = a_service("notify") | {"services/notify/sender.py": "", "services/notify/templates/subject.txt": ""}
    assert rule(sample(a_service() | matching | grown | notify)) == []
    assert rule in {bad for bad, *_ in BAD}
