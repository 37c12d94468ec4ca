"""The ambassador asks the family on one page what partners may read; nothing is ticked, and a no is an answer."""

import re
from typing import Any

import pytest

from services.intake.domain.consent import Consent, FieldSet
from services.intake.handlers.consents import may_see
from services.intake.handlers.referrals import follow_referral
from shared.events.base import Beneficiary
from shared.events.matching import PartnerAccepted
from tests.parts.city import a_city
from tests.unit.intake.builders import COLLEAGUE, CONTACT, COORDINATOR, NOW, PARTNER, ROOS, SERVICE
from tests.unit.intake.pages import Pages, pages_in

HOW = {
    "consent.givenBy": "guardian", "consent.givenOn": "vandaag", "consent.how": "paper", "consent.language": "ar",
    "consent.textVersion": "2026-1", "consent.interpreter": "true",
}  # fmt: skip
YES = {"answers.fund": "yes", "fieldSets.fund": ["reach", "story"]}


@pytest.fixture
def path(pages: Pages) -> str:
    return f"{pages.path}/toestemming/partners"


async def answers(pages: Pages) -> list[Consent]:
    async with pages.units.begin() as unit:
        consents: list[Consent] = await unit.consents.list_of_case(pages.case_id)
    return consents


async def test_nothing_is_ticked_and_no_is_as_big_as_yes(pages: Pages, path: str) -> None:
    page = (await pages.shows(ROOS, path)).text
    assert " checked" not in page
    for kind, _ in a_city().organisation_kinds.options:
        values = re.findall(rf'type="radio" id="[^"]*" name="answers\.{kind}" value="(\w+)"', page)
        assert values == ["yes", "no"]


async def test_text_is_shown_in_every_language_and_that_of_the_family_is_open(pages: Pages, path: str) -> None:
    page = (await pages.shows(ROOS, path)).text
    for language, text in a_city().consent.sharing["2026-1"].items():
        assert text.question in page, language
    assert page.count("<details open>") == 1
    opened = page.index("<details open>")
    assert a_city().consent.sharing["2026-1"]["nl"].question in page[opened : page.index("</details>", opened)]


async def test_answers_are_kept_for_each_kind_with_text_and_language(pages: Pages, path: str) -> None:
    reply = await pages.sends(ROOS, path, {**HOW, **YES, "answers.welfare": "no", "consent.until": "01-03-2027"})
    assert "Wat partners mogen lezen, is bewaard." in await pages.follows(ROOS, reply)
    kept = {each.partner_kind: each for each in await answers(pages)}
    assert kept.keys() == {"fund", "welfare"}
    fund = kept["fund"]
    assert fund.field_sets == {FieldSet.REACH, FieldSet.STORY}
    assert (fund.language, fund.text_version, fund.interpreter, fund.how) == ("ar", "2026-1", True, "paper")
    assert kept["welfare"].state == "refused"
    page = (await pages.shows(ROOS, path)).text
    assert "Ja, sinds 10 maart 2026 tot en met 1 maart 2027: hoe je het gezin bereikt, wat het gezin vertelt." in page
    assert "Nee, sinds 10 maart 2026." in page


async def test_answer_for_every_kind_counts_for_each(pages: Pages, path: str) -> None:
    await pages.sends(ROOS, path, {**HOW, "answers.elke": "yes", "fieldSets.elke": ["child"]})
    async with pages.units.begin() as unit:
        assert await may_see(pages.case_id, PARTNER, "fund", unit) == {FieldSet.CHILD}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({**HOW, "answers.fund": "yes"}, "Mag de partner niets lezen? Kies dan nee."),
        (HOW, "Zeg van één soort partner wat het gezin antwoordde"),
        ({**HOW, **YES, "consent.givenBy": "young-person"}, "Tot 12 jaar geeft een ouder of voogd toestemming."),
        ({**HOW, **YES, "consent.until": "vandaag"}, "De laatste dag van de toestemming moet na vandaag liggen."),
        ({**HOW, **YES, "consent.language": "zgh"}, "Deze tekst is er niet in deze taal"),
        ({**HOW, **YES, "consent.textVersion": "2099-1"}, "Versie van de toestemmingstekst"),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_is_kept(
    pages: Pages, path: str, typed: dict[str, str], told: str
) -> None:
    reply = await pages.sends(ROOS, path, typed)
    assert reply.status_code == 400
    assert told in reply.text
    assert await answers(pages) == []


async def test_family_stops_with_a_partner_that_helps(pages: Pages, path: str) -> None:
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        await unit.network.save_organisation(PARTNER, "Fietsbank", "fund")
        asked = PartnerAccepted(
            subject=pages.case_id, occurred_at=NOW, referral_id=SERVICE, need_id=case.needs[0].need_id,
            organisation_id=PARTNER, service_id=SERVICE, case_code="K7RM-4TXA", contact_id=CONTACT.person_id,
            ambassador_id=ROOS.person_id, category="bike", beneficiary=Beneficiary.CHILD,
            answered_by=CONTACT.person_id, first_contact_on=NOW.date(),
        )  # fmt: skip
        await follow_referral(asked, unit)
    assert "Fietsbank" in (await pages.shows(ROOS, path)).text
    reply = await pages.sends(ROOS, f"{pages.path}/toestemming/stoppen", {"organisationId": str(PARTNER)})
    page = await pages.follows(ROOS, reply)
    assert "Het gezin is gestopt met deze partner." in page
    assert "Het gezin is gestopt met Fietsbank" in page
    assert "Met wie wil het gezin stoppen?" not in (await pages.shows(ROOS, path)).text


async def test_paper_is_in_the_language_that_is_asked_for_and_says_which_text_it_is(pages: Pages) -> None:
    page = (await pages.shows(ROOS, f"{pages.path}/toestemming/formulier?taal=ar")).text
    arabic, dutch = (a_city().consent.sharing["2026-1"][each] for each in ("ar", "nl"))
    assert arabic.question in page
    assert "2026-1 (ar)" in page
    page = (await pages.shows(ROOS, f"{pages.path}/toestemming/formulier")).text
    assert dutch.stop in page
    assert "2026-1 (nl)" in page


@pytest.mark.parametrize(
    "changes", [{"consent": {"sharing": None}}, {"consent": {"sharing": {"2026-1": {"ar": None}}}}]
)
async def test_paper_in_a_language_that_is_not_there_is_no_mistake(changes: dict[str, Any]) -> None:
    pages = await pages_in(a_city(changes))
    for language in ("ar", "zgh", "kjh%20q"):
        reply = await pages.shows(ROOS, f"{pages.path}/toestemming/formulier?taal={language}")
        assert reply.status_code in {200, 303}
    page = (await pages.shows(ROOS, f"{pages.path}/toestemming/partners")).text
    assert ("nog geen tekst om dit te vragen" in page) is (changes["consent"]["sharing"] is None)


async def test_only_who_knows_the_family_asks_it(pages: Pages, path: str) -> None:
    assert (await pages.shows(COLLEAGUE, path)).status_code == 403
    assert (await pages.sends(COLLEAGUE, path, {**HOW, **YES})).status_code == 403
    assert (await pages.shows(COORDINATOR, path)).status_code in {200, 403}
    assert await answers(pages) == []
