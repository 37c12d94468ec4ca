"""What is there is used; what is not yet, is written down with its reason."""

import pytest

from tests.architecture import use
from tests.architecture.tree import Rule, project, sample

EVENT, STATE, FUNCTION = use.every_event_has_a_publisher, use.every_state_has_a_way_in, use.every_function_has_a_caller
# These lists may only become shorter.
WITHOUT: dict[Rule, dict[str, str]] = {
    EVENT: {},
    STATE: {
        "CaseState.CLOSED": "a case that ended has the state of its watch: CaseState(watch.phase.value)",
        "CaseState.ON_HOLD": "as CLOSED",
        "CaseState.WITHDRAWN": "as CLOSED",
        "ParkedState.SKIP": "a coordinator or an operator chooses it, on a form or on the command line",
    },
    FUNCTION: {
        "handle_DATA": "aiosmtpd calls it",
        "handle_RCPT": "aiosmtpd calls it",
        "accepts": "the inventory does not ask the facts of a category yet",
        "send_due": "tests and the simulation take the sender's steps one by one",
        "wipe": "a fault that the conformance suite of both buses sets off",
    },
}
GOOD = {
    "shared/events/intake.py": "class CaseFact(Event): ...\nclass CaseClosed(CaseFact): ...",
    "services/intake/domain/case.py": (
        "class CaseState(StrEnum):\n    CLOSED = 'closed'\n"
        "def close(case): return replace(case, state=CaseState.CLOSED), CaseClosed(case.id)"
    ),
    "services/intake/handlers/cases.py": "class Handlers:\n    def run(self): return close(self.run)",
    "services/intake/web/pages/case.py": "@router.get('/')\nasync def page(): return handlers.run()",
}
CASE = "services/intake/domain/case.py"
BAD = [
    (EVENT, "shared/events/intake.py", "class CasePaused(Event): ..."),
    (EVENT, "shared/events/intake.py", "class CaseFact(Event): ...\nclass CasePaused(CaseFact): ..."),
    (STATE, "services/intake/domain/pause.py", "class PauseState(StrEnum):\n    ON = 'on'"),
    (STATE, "services/intake/domain/pause.py", "class Phase(StrEnum):\n    ON = 'on'\nif phase is Phase.ON: pass"),
    (STATE, "services/intake/domain/pause.py", "class Phase(StrEnum):\n    ON = 'on'\nALL = frozenset({Phase.ON})"),
    (STATE, "services/intake/domain/pause.py", "class Phase(StrEnum):\n    ON = 'on'\nALL = (Phase.ON,)"),
    (STATE, "services/intake/domain/pause.py", "class Phase(StrEnum):\n    ON = 'on'\nWORDS = {Phase.ON: 'aan'}"),
    (STATE, "services/matching/domain/case.py", "class CaseState(StrEnum):\n    CLOSED = 'closed'"),
    (FUNCTION, "services/intake/handlers/pause.py", "async def pause_case(unit): ..."),
    (FUNCTION, "services/intake/handlers/pause.py", "def pause(depth): return pause(depth - 1)"),
    (FUNCTION, "deploy/install/pause.py", "class Pause:\n    @property\n    def until(self): ..."),
]


@pytest.mark.parametrize("rule", WITHOUT, ids=lambda rule: rule.__name__)
def test_schakel_keeps_the_rule_but_for_what_is_written_down(rule: Rule) -> None:
    assert {fault.split(" ")[0] for fault in rule(project())} == WITHOUT[rule].keys(), "\n".join(rule(project()))


@pytest.mark.parametrize(("rule", "path", "text"), BAD, ids=[f"{path}: {text}" for _, path, text in BAD])
def test_rule_rejects_a_bad_sample(rule: Rule, path: str, text: str) -> None:
    assert len(rule(sample(GOOD | {path: text}))) == 1


@pytest.mark.parametrize("rule", WITHOUT, ids=lambda rule: rule.__name__)
def test_rule_accepts_a_good_sample(rule: Rule) -> None:
    assert rule(sample(GOOD)) == []
