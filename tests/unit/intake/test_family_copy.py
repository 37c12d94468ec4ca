"""The copy that a family takes along holds everything that is kept of it, and what it reads says the same."""

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.intake.domain.accepted import AcceptedReferral
from services.intake.domain.consent import Consent, FieldSet
from services.intake.domain.course import FollowUpPlan, Pause
from services.intake.domain.dossier import Dossier, NeedWords
from services.intake.domain.family_voice import Experience, FamilyAsk
from services.intake.domain.opening import Opening
from services.intake.domain.progress import NeedProgress, Progress
from shared.events.case_codes import FollowUpRhythm, PauseWish
from shared.events.family_voice import Felt
from tests.unit.intake.builders import COLLEAGUE, CONTACT, NOW, PARTNER, ROOS
from tests.unit.intake.helping import REFERRAL
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_family_door import card_of, family_of
from tests.unit.intake.test_secret_address import SECRET

YES = {"fieldSets": ["reach"], "givenBy": "guardian", "answer": "yes"}
# Under which name each field stands in the copy: whoever adds a column adds it here, and reads what a family gets.
OPENING = {
    "household_id": "household", "ambassador_id": "ambassador", "organisation_id": "organisation",
    "district": "district", "age_band": "ageBand", "family_language": "familyLanguage",
    "interpreter_needed": "interpreterNeeded", "consent_given_by": "consentGivenBy",
    "consent_given_on": "consentGivenOn", "consent_text_version": "consentTextVersion", "needs_asked": "needsAsked",
    "filed_by": "filedBy", "consent_language": "consentLanguage", "consent_how": "consentHow",
    "consent_interpreter": "consentInterpreter",
}  # fmt: skip
CONSENT = {
    "id": "id", "case_id": "caseId", "purpose": "purpose", "partner_kind": "partnerKind",
    "organisation_id": "organisation", "field_sets": "fieldSets", "given_by": "givenBy", "given_on": "givenOn",
    "text_version": "textVersion", "language": "language", "interpreter": "interpreter", "how": "how",
    "until": "until", "state": "state", "recorded_at": "recordedAt", "recorded_by": "recordedBy", "ended_at": "endedAt",
}  # fmt: skip
EXPERIENCE = {
    "need_id": "needId", "case_id": "caseId", "organisation_id": "organisation", "welcome": "welcome",
    "fitting": "fitting", "tailored": "tailored", "told_at": "toldAt",
}  # fmt: skip
ASK = {
    "id": "id", "case_id": "caseId", "question": "question", "asked_at": "askedAt", "settled_at": "settledAt",
    "settled_by": "settledBy",
}  # fmt: skip


async def full(pages: Pages) -> UUID:
    """A family of which everything is known; returns the need that is helped."""
    async with pages.units.begin() as unit:
        await unit.network.save_organisation(PARTNER, "De Fietsbende")
        await unit.network.save_organisation(ROOS.organisation_id, "De Bedachte School")
        case = await unit.cases.get(pages.case_id)
        assert case is not None
        need_id = case.needs[0].need_id
        filed_by, language = COLLEAGUE.person_id, "ar"
        case.opening = replace(case.opening, filed_by=filed_by, family_language=language, interpreter_needed=True)
        case.rather_not = (PARTNER,)
        case.pause = Pause(date(2026, 3, 24), PauseWish.FAMILY)
        case.plan = FollowUpPlan(FollowUpRhythm.MONTHLY, COLLEAGUE.person_id)
        await unit.cases.save(case)
        await unit.vault.rewrite(
            Dossier(case.id, {}, {need_id: NeedWords("Een fiets.", "zelf naar school", "2026-05-04")}), ()
        )
        helps = NeedProgress(need_id, case.id, Progress.STARTED, NOW, organisation_id=PARTNER)
        await unit.timeline.save_progress(helps)
        await unit.accepted.save(AcceptedReferral(REFERRAL, case.id, need_id, PARTNER, CONTACT.person_id))
    return need_id


async def copy(pages: Pages) -> dict[str, Any]:
    async with family_of(pages, await card_of(pages)) as family:
        told: dict[str, Any] = (await family.get("/gezin/meenemen/bestand")).json()
    return told


@pytest.mark.parametrize(
    ("kept", "known"), [(Opening, OPENING), (Consent, CONSENT), (Experience, EXPERIENCE), (FamilyAsk, ASK)]
)
def test_every_column_has_its_name_in_the_copy(kept: Any, known: dict[str, str]) -> None:  # noqa: ANN401 - a dataclass
    assert {each.name for each in fields(kept)} == set(known)


async def test_copy_holds_every_field_of_the_request_the_consents_and_what_the_family_told(pages: Pages) -> None:
    need_id = await full(pages)
    async with family_of(pages, await card_of(pages)) as family:
        await family.post("/gezin/toestemming", data=YES)
        await family.post("/gezin/toestemming/stop", data={"organisationId": str(PARTNER)})
        await family.post("/gezin/klopt-niet", data={"words": "Ons nummer is veranderd."})
        felt = {"needId": str(need_id), "welcome": "yes", "fitting": "a-little", "tailored": "no"}
        assert (await family.post("/gezin/hoe-was-het", data=felt)).status_code == 303
    told = await copy(pages)

    assert set(OPENING.values()) == set(told["request"])
    given, stopped = told["partnerConsents"]
    assert set(CONSENT.values()) == set(given) == set(stopped)
    (experience,) = told["experiences"]
    assert set(EXPERIENCE.values()) == set(experience)
    (ask,) = told["questions"]
    assert set(ASK.values()) == set(ask)
    assert (given["givenBy"], given["fieldSets"], given["until"]) == ("guardian", [FieldSet.REACH], None)
    assert stopped["organisation"] == experience["organisation"] == "De Fietsbende"
    assert (experience["needId"], experience["fitting"]) == (str(need_id), Felt.A_LITTLE)


async def test_copy_holds_who_helps_what_was_agreed_and_where_each_fact_comes_from(pages: Pages) -> None:
    await full(pages)
    told = await copy(pages)
    request, need = told["request"], told["needs"][0]

    assert (request["district"], request["familyLanguage"], request["interpreterNeeded"]) == ("noord", "ar", True)
    assert (request["organisation"], request["ambassador"]) == ("De Bedachte School", "Roos Verzonnen")
    assert (need["words"], need["goal"], need["targetOn"]) == ("Een fiets.", "zelf naar school", "2026-05-04")
    assert (need["organisation"], need["stage"]) == ("De Fietsbende", "started")
    assert (told["leftOut"], told["helps"][0]["organisation"]) == (["De Fietsbende"], "De Fietsbende")
    assert told["agreed"]["rest"] == {"until": "2026-03-24", "wishedBy": "family"}
    assert told["agreed"]["followUps"]["rhythm"] == "monthly"
    assert told["sources"]["first_name"] == {"on": "2026-03-10", "by": request["filedBy"]}
    codes = {"familyLanguage", "interpreterNeeded", "organisation", "district"}
    assert set(told["sources"]) == {*told["facts"], *codes}


async def test_family_reads_its_district_school_and_interpreter_and_what_it_aims_for(pages: Pages) -> None:
    await full(pages)
    async with family_of(pages, await card_of(pages)) as family:
        known = (await family.get("/gezin/wat-wij-weten")).text
        taken = (await family.get("/gezin/meenemen")).text
    for page in (known, taken):
        for words in ("Wijk", "Noord", "Tolk nodig", "De Bedachte School", "Jullie doel is: zelf naar school."):
            assert words in page, words
        assert "Jullie willen dit op 4 mei 2026." in page


async def test_district_of_a_secret_address_is_on_none_of_these(pages: Pages) -> None:
    await full(pages)
    assert (await pages.sends(ROOS, f"{pages.path}/contact", SECRET)).status_code == 303
    async with family_of(pages, await card_of(pages)) as family:
        known = (await family.get("/gezin/wat-wij-weten")).text
    told = await copy(pages)
    assert "Wijk" not in known
    assert (told["request"]["district"], "district" in told["facts"]) == (None, False)
    assert "district" not in told["sources"]
