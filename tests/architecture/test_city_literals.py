"""No code, word, name, time zone or term of a city stands in a program."""

from collections.abc import Mapping
from functools import cache
from typing import Final

import pytest

from tests.architecture.city_literals import (
    RULES,
    literals,
    names_on_pages,
    no_code_or_word_of_a_city,
    no_name_of_a_city,
    no_term,
    no_time_zone,
)
from tests.architecture.tree import ROOT, project, sample

# What is written like a code, a word or a term of a city, and is something else. It may only become less.
ALLOWED: Final[Mapping[str, Mapping[str, str]]] = {
    "services/community/domain/introduction.py": {"timedelta(weeks=12)": "how long a request to meet is kept"},
    "services/community/domain/seat.py": {"timedelta(weeks=4)": "how long what was told with a sign-up is kept"},
    "services/community/handlers/letters.py": {"timedelta(weeks=4)": "how long a link in a mail opens something"},
    "services/intake/domain/progress.py": {"coordinator": "who takes the next step: the role"},
    "services/intake/domain/rules.py": {"timedelta(days=365)": "a day further from today is a mistake of typing"},
    "services/intake/handlers/inventory.py": {"timedelta(days=7)": "the example of a day in a refusal"},
    "services/matching/adapters/csv_map.py": {"organisatie": "the column of the partners' file"},
    "services/matching/handlers/deliveries.py": {"timedelta(days=180)": "how long a link in a mail opens something"},
    "services/matching/handlers/taking_offers.py": {"organisatie": "the column of the partners' file"},
    "services/matching/handlers/sign_in.py": {"timedelta(days=2)": "how long what was used to sign in is kept"},
    "services/matching/web/sign_in_cookies.py": {"timedelta(days=180)": "how long a browser that signed in is known"},
    "services/matching/web/words.py": {"other": "a reason to decline or to stop"},
    "services/monitoring/handlers/follow_ups.py": {"timedelta(weeks=8)": "how long a link in a mail opens something"},
    "services/notify/domain/message.py": {"timedelta(days=2)": "how long sending a mail is tried"},
    "services/notify/handlers/messages.py": {"timedelta(days=180)": "as long as the inbox knows an event"},
    "services/notify/handlers/receiving.py": {
        "timedelta(weeks=5)": "how long it is known that a mail came in",
        "timedelta(weeks=9)": "how long a mail can be answered",
    },
    "services/notify/domain/letter.py": {"nl": "the language that mails are written in, whatever the city"},
    "shared/events/base.py": {"coordinator": "the role"},
    "shared/events/referral_codes.py": {"other": "a reason to decline or to stop"},
    "shared/events/vocabulary.py": {"coordinator": "the role, as an audience of mails"},
    "shared/web/languages.py": {"nl": "the language that pages are written in, whatever the city"},
    "shared/web/pages.py": {"desk": "the name of a word in a sentence"},
}  # fmt: skip
AT_MOST_ALLOWED: Final = 23
BAD = [
    (no_code_or_word_of_a_city, "services/notify/adapters/letters.py", 'IN = {"centrum": 1}', "centrum"),
    (no_code_or_word_of_a_city, "services/notify/adapters/letters.py", 'IN = f"{x}Het Centrum"', "Het Centrum"),
    (no_code_or_word_of_a_city, "services/intake/web/bodies.py", 'x = Field(examples=["bike"])', "bike"),
    (no_code_or_word_of_a_city, "services/intake/web/forms.py", 'x = Field(description="Fiets")', "Fiets"),
    (no_code_or_word_of_a_city, "services/intake/web/words.py", 'LATER = "Geen spoed"', "Geen spoed"),
    (no_code_or_word_of_a_city, "services/matching/domain/rules.py", 'def speaks(tags): return "nl" in tags', "nl"),
    (no_code_or_word_of_a_city, "services/matching/domain/network.py", 'kind: str = "town-hall"', "town-hall"),
    (no_code_or_word_of_a_city, "shared/kernel/city/codes.py", 'FIRST = "noord"', "noord"),
    (no_code_or_word_of_a_city, "deploy/cli/network.py", 'GROUP = "joy"', "joy"),
    (no_name_of_a_city, "shared/web/metrics.py", 'TEXT = "Bel het Schakelpunt."', "het Schakelpunt"),
    (no_name_of_a_city, "services/intake/domain/errors.py", 'TEXT = f"Voor de wijkverbinder {x}"', "wijkverbinder"),
    (no_name_of_a_city, "services/intake/web/words.py", 'TEXT = "De regie kijkt mee"', "regie"),
    (no_name_of_a_city, "services/matching/web/forms.py", 'TEXT = "zodat de ambassadeur belt"', "ambassadeur"),
    (no_name_of_a_city, "deploy/install/desk.py", 'TITLE = "Schakel in Veldermeer"', "Veldermeer"),
    (no_time_zone, "shared/web/pages.py", 'ZONE = ZoneInfo("Europe/Amsterdam")', "Europe/Amsterdam"),
    (no_time_zone, "services/matching/domain/days.py", 'def day(at, zone="America/Curacao"): ...', "America/Curacao"),
    (no_term, "services/monitoring/domain/rules.py", "ANSWER = WorkingDays(4)", "WorkingDays(4)"),
    (no_term, "services/monitoring/domain/rules.py", "ANSWER = WorkingDays(count=4)", "WorkingDays(count=4)"),
    (no_term, "services/matching/domain/referral.py", "WITHIN = timedelta(days=30)", "timedelta(days=30)"),
    (no_term, "services/matching/domain/referral.py", "WITHIN = dt.timedelta(30)", "dt.timedelta(30)"),
    (no_term, "services/monitoring/domain/plan.py", "LATER = timedelta(weeks=2)", "timedelta(weeks=2)"),
    (no_term, "services/monitoring/domain/plan.py", "PLAN_WEEKS = (2, 6, 18)", "PLAN_WEEKS"),
    (no_term, "deploy/install/desk.py", "REMIND_AFTER_DAYS: int = 3", "REMIND_AFTER_DAYS"),
    (no_term, "shared/messaging/timers.py", "REMIND_AFTER, MISSED = 3, 6", "REMIND_AFTER"),
    (no_term, "services/intake/domain/case.py", "class Kept:\n    closed_months = {'a': 12}", "closed_months"),
    (no_term, "services/monitoring/domain/rules.py", "CLOSES = time(17, 0)", "time(17, 0)"),
]  # fmt: skip
GOOD = {
    "services/intake/domain/case.py": '"""Noord"""\nclass Case:\n    """nl"""\n    district: str\n    """centrum"""\n',
    "services/intake/web/words.py": 'TITLE = "In het noorden"\nMOST = "normal"\nx = city.districts[code]\n',
    "services/monitoring/domain/rules.py": "term = WorkingDays(count)\nday += timedelta(days=1)\nNONE = timedelta(0)\n",
    "services/monitoring/domain/plan.py": "remind_after = city.follow_up.remind_after\nat = time(hour, minute)\n",
    "shared/kernel/city/needs.py": 'x = Field(description="Wonen", examples=[{"noord": "Noord"}, "Europe/Amsterdam"])',
    "shared/messaging/relay.py": "KEPT = timedelta(days=30)\nstarted = time.time()\n",
    "deploy/demo/stories/child.py": 'DISTRICT = "noord"\nREMIND_AFTER = 3\n',
    "tests/unit/intake/builders.py": 'DISTRICT = "noord"\n',
    "shared/kernel/clock.py": 'UTC = ZoneInfo("UTC")\n',
}  # fmt: skip


@cache
def found() -> dict[str, list[str]]:
    """What is found and not allowed, by file: programs, and templates of pages and mails."""
    there = literals(project())
    wrong = {
        path: [said for literal, said in held.items() if literal not in ALLOWED.get(path, {})]
        for path, held in there.items()
    }
    files = {str(path): [said] for path, text in templates().items() for said in names_on_pages({path: text})}
    return {path: said for path, said in {**wrong, **files}.items() if said}


def templates() -> dict[str, str]:
    """Those of pages and mails."""
    paths = [path for path in project().paths if "templates" in path.parts and path.parts[0] in ("services", "shared")]
    return {str(path): (ROOT / path).read_text(encoding="utf-8") for path in paths}


def test_no_code_word_name_zone_or_term_of_a_city_stands_in_a_program() -> None:
    wrong = [line for said in found().values() for line in said]
    assert not wrong, "\n".join(wrong)


def test_what_is_allowed_stands_there_and_becomes_no_more() -> None:
    there = literals(project())
    gone = [(path, each) for path, known in ALLOWED.items() for each in known if each not in there.get(path, {})]
    assert not gone, "take these away from ALLOWED"
    assert sum(map(len, ALLOWED.values())) <= AT_MOST_ALLOWED


@pytest.mark.parametrize(("rule", "path", "text", "literal"), BAD, ids=[f"{path}: {text}" for _, path, text, _ in BAD])
def test_rule_rejects_a_bad_sample(rule: object, path: str, text: str, literal: str) -> None:
    assert list(literals(sample({path: text})).get(path, {})) == [literal]
    assert rule in RULES


def test_rules_accept_a_good_sample_and_each_has_a_bad_one() -> None:
    assert literals(sample(GOOD)) == {}
    assert {rule for rule, *_ in BAD} == set(RULES)


def test_name_of_a_city_is_found_on_a_page_and_not_in_its_comments() -> None:
    page = '{# {{ ui.goes_to("Schakelpunt Schiewijk") }} #}<p>{{ city.desk.name }}</p>'
    assert names_on_pages({"page.html": page}) == []
    assert names_on_pages({"page.html": page + "Bel Schakelpunt Schiewijk."}) == [
        "page.html: holds 'Schakelpunt Schiewijk'"
    ]
