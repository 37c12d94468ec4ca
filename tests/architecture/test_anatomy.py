"""The same thing stands in the same place under the same name in every service."""

import pytest

from tests.architecture import anatomy
from tests.architecture.tree import Rule, project, sample

INIT = '"""Intake. Owns cases. Consumes matching. Publishes RequestReceived."""\n'
APP = "def web_app(settings, parts, units):\n    app.state.dependencies = Dependencies(units=units)\n"
DEPENDENCIES = (
    "class Dependencies: ...\nTheDependencies = Annotated[Dependencies, 1]\nUnit = Annotated[IntakeUnit, 2]\n"
)
BOOTSTRAP = (
    "def build(settings, parts): ...\n"
    "def open_units(city, database, ids, random, chain) -> PostgresUnits[IntakeUnit]: ..."
)
GOOD = {
    "services/intake/__init__.py": INIT,
    "services/intake/bootstrap.py": BOOTSTRAP,
    "services/intake/handlers/__init__.py": '"""What intake does."""',
    "services/intake/handlers/cases.py": "from shared.unit_of_work import Units\nasync def close_case(unit): ...",
    "services/intake/ports.py": "class Cases(Protocol):\n    async def get(self): ...\n    async def read(self): ...",
    "services/intake/settings.py": "class IntakeSettings(CommonSettings): ...",
    "services/intake/web/app.py": APP,
    "services/intake/web/dependencies.py": DEPENDENCIES,
    "services/intake/web/internal.py": "router = APIRouter(prefix='/internal')",
    "services/intake/web/pages/__init__.py": "",
    "services/intake/web/pages/cases.py": "router = APIRouter()\nSTATUS = HTTPStatus.SEE_OTHER",
}
BAD = [
    (anatomy.every_app_is_made_alike, "web/app.py", "def web_app(doors, settings, parts): ..."),
    (anatomy.every_app_is_made_alike, "web/app.py", "def web_app(settings, units, parts): ..."),
    (anatomy.every_app_is_made_alike, "web/app.py", "def make_app(settings, parts, units): ..."),
    (anatomy.every_service_opens_its_units_alike, "bootstrap.py", "def open_units(database, ids): ..."),
    (anatomy.every_service_opens_its_units_alike, "bootstrap.py", "def build(settings, parts): ..."),
    (
        anatomy.every_service_opens_its_units_alike,
        "bootstrap.py",
        "def open_units(settings, database, ids): ...",
    ),
    (anatomy.every_service_is_found_by_its_name, "bootstrap.py", "def make(settings, parts): ..."),
    (anatomy.every_service_is_found_by_its_name, "bootstrap.py", "def build(settings, database): ..."),
    (anatomy.every_service_is_found_by_its_name, "settings.py", "class Settings(CommonSettings): ..."),
    (anatomy.routes_find_their_things_in_one_place, "web/app.py", APP + "    app.state.doors = 1\n"),
    (anatomy.routes_find_their_things_in_one_place, "web/dependencies.py", DEPENDENCIES.replace("Unit =", "Work =")),
    (anatomy.internal_routes_stand_in_internal, "web/api.py", "router = APIRouter(prefix='/internal')"),
    (anatomy.pages_are_a_module_each, "web/pages/cases.py", "async def cases(): ..."),
    (
        anatomy.handlers_are_not_passed_on,
        "handlers/__init__.py",
        "from services.intake.handlers.cases import close_case",
    ),
    (anatomy.statuses_have_names, "web/pages/cases.py", "router = 1\nSEE_OTHER = 303"),
    (anatomy.statuses_have_names, "web/api.py", "def f(): return Response(status_code=404)"),
    (anatomy.units_are_typed, "web/api.py", "def f(units: Units[Any]): ..."),
    (anatomy.repositories_use_one_set_of_verbs, "ports.py", "class Cases(Protocol):\n    async def look(self): ..."),
    (anatomy.every_package_says_what_it_is, "__init__.py", INIT.replace("Consumes", "Hears")),
]


@pytest.mark.parametrize("rule", anatomy.RULES, ids=lambda rule: rule.__name__)
def test_schakel_keeps_the_rule(rule: Rule) -> None:
    violations = rule(project())
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize(("rule", "path", "text"), BAD, ids=[f"{path}: {text}" for _, path, text in BAD])
def test_rule_rejects_a_bad_sample(rule: Rule, path: str, text: str) -> None:
    violations = rule(sample(GOOD | {f"services/intake/{path}": text}))
    assert len(violations) == 1
    assert violations[0].startswith(f"services/intake/{path}")


@pytest.mark.parametrize("rule", anatomy.RULES, ids=lambda rule: rule.__name__)
def test_rule_accepts_a_good_sample_and_has_a_bad_one(rule: Rule) -> None:
    assert rule(sample(GOOD)) == []
    assert rule in {bad for bad, *_ in BAD}
