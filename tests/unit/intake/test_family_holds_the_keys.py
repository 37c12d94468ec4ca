"""P10: at whatever stage, whatever was allowed, taken back or passed, each partner reads exactly what it may.

Every history of a family is played: what its ambassador writes down, what it says itself, and what matching tells. What
a partner then reads on its page is held against the rule, which stands here once more and without our code.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.intake.commands import AnswerConsent
from services.intake.domain.consent import FieldSet
from services.intake.domain.consent_given import How
from services.intake.handlers.consent_endings import end_passed_consents
from services.intake.handlers.consents import give_consent, refuse_consent, withdraw_consent
from services.intake.handlers.safety import press
from shared.events import matching
from shared.events.base import Code, ConsentGiver
from shared.events.referral_codes import WithdrawReason
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import CONTACT, NOW, PARTNER, ROOS, STRANGER
from tests.unit.intake.helping import NEVER, NOBODYS, OTHER_PARTNER, REFERRAL, SHOWN, Help

KIND, OTHER_KIND = "fund", "welfare"
TODAY = NOW.date()
WORDS = [words for shown in SHOWN.values() for words in shown]


@dataclass
class Rule:
    """What the partner may read, by the words of the promise."""

    helps: bool = False
    stopped: bool = False
    over: bool = False
    today: date = TODAY
    # Of its kind, and of every kind: what is allowed, and until when.
    answers: dict[Code | None, tuple[frozenset[FieldSet], date | None]] = field(default_factory=dict)

    def opens(self) -> frozenset[FieldSet]:
        """Its kind goes before every kind; a stop, an end or a passed day goes before both."""
        answer = self.answers.get(KIND, self.answers.get(None))
        if not self.helps or self.stopped or self.over or answer is None:
            return frozenset()
        allowed, until = answer
        return frozenset() if until is not None and until < self.today else allowed


@dataclass
class Played:
    """A family that is helped, and the rule beside it."""

    help: Help
    clock: HeldClock
    rule: Rule = field(default_factory=Rule)

    async def says_yes(self) -> None:
        await self.help.says_yes()
        self.rule.helps = True

    async def says_no(self) -> None:
        await self.help.hears(matching.ReferralWithdrawn, reason=WithdrawReason.REPLACED, was_helping=True)
        self.rule.helps = False

    async def answers(self, kind: Code | None, allowed: frozenset[FieldSet], days: int | None, *, itself: bool) -> None:
        until = self.rule.today + timedelta(days=days) if days and allowed else None
        said = AnswerConsent(
            case_id=self.help.case_id, partner_kind=kind, field_sets=allowed, given_by=ConsentGiver.GUARDIAN,
            given_on=self.rule.today, text_version="2026-1", language="nl", interpreter=False,
            how=How.OWN_PAGE if itself else How.SPOKEN, until=until,
        )  # fmt: skip
        by = None if itself else ROOS
        if not self.rule.over:
            await self.help.does(lambda unit: (give_consent if allowed else refuse_consent)(said, by, unit))
            if itself and kind is None:
                self.rule.answers.clear()
            self.rule.answers[kind] = (allowed, until)

    async def stops(self, *, with_everything: bool) -> None:
        if not self.rule.over:
            organisation = None if with_everything else PARTNER
            await self.help.does(lambda unit: withdraw_consent(self.help.case_id, None, organisation, unit))
            self.rule.stopped, self.rule.over = True, with_everything

    async def stands_still(self) -> None:
        if not self.rule.over:
            await self.help.does(lambda unit: press(self.help.case_id, unit, ROOS))
            self.rule.over = True

    async def days_pass(self, days: int) -> None:
        self.clock.forward(timedelta(days=days))
        self.rule.today += timedelta(days=days)

    async def looks_for_passed_days(self) -> None:
        await self.help.does(end_passed_consents)


Step = Callable[[Played], Awaitable[None]]
SETS = st.frozensets(st.sampled_from(list(FieldSet)))
ANSWERS = st.builds(
    lambda kind, allowed, days, itself: lambda played: played.answers(kind, allowed, days, itself=itself),
    st.sampled_from([KIND, OTHER_KIND, None]), SETS, st.sampled_from([None, 1, 3]), st.booleans(),
)  # fmt: skip
OTHERS: st.SearchStrategy[Step] = st.sampled_from(
    [
        Played.says_yes,
        Played.says_yes,
        Played.says_no,
        lambda played: played.stops(with_everything=False),
        lambda played: played.stops(with_everything=True),
        Played.stands_still,
        lambda played: played.days_pass(2),
        Played.looks_for_passed_days,
    ]
)


async def check(played: Played) -> None:
    allowed = played.rule.opens()
    page = await played.help.reads()
    assert page.status_code == (200 if allowed else 404)
    for each, words in SHOWN.items():
        assert all((said in page.text) is (each in allowed) for said in words), (each, allowed)
    for said in NEVER:
        assert said not in page.text
    for viewer in (OTHER_PARTNER, STRANGER):
        others = await played.help.reads(viewer)
        assert others.status_code in {403, 404}
        assert not any(said in others.text for said in (*WORDS, *NEVER))
    if not allowed:
        # What may not be read is as what never was.
        nobody = await played.help.reads(CONTACT, NOBODYS)
        assert nobody.text.replace(str(NOBODYS), "") == page.text.replace(str(REFERRAL), "")


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps=st.lists(st.one_of(ANSWERS, OTHERS), min_size=1, max_size=8))
async def test_partner_reads_exactly_what_the_family_allows_whatever_happened(steps: list[Step]) -> None:
    clock = HeldClock(NOW)
    played = Played(await Help(clock).begins(), clock)
    await check(played)
    # Most histories begin with help and something that may be read: what takes it away again is what is tried.
    await played.says_yes()
    await played.answers(None, frozenset(FieldSet), None, itself=True)
    await check(played)
    for step in steps:
        await step(played)
        await check(played)
