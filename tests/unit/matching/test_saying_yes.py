"""A yes on the partner's page takes one round, also when a colleague will help."""

from shared.events.directory import ContactNamed
from shared.events.matching import PartnerAccepted
from tests.unit.matching.city import named
from tests.unit.matching.site import a_site, mailed, text_of


async def test_everything_that_is_wrong_with_a_yes_is_told_in_one_round() -> None:
    site = await a_site()
    _, link = await mailed(site)

    answered = await site.post(
        f"/antwoord/{link.token}", choice="accept", email="sam", name="Sam", first_contact_on="01-03-2026"
    )

    words = text_of(answered).lower()
    for problem in ("geen e-mailadres", "telefoonnummer: vul dit in", "vanaf vandaag"):
        assert problem in words


async def test_colleague_who_is_filled_in_is_meant_without_choosing_anything() -> None:
    site = await a_site()
    _, link = await mailed(site)

    answered = await site.post(
        f"/antwoord/{link.token}", choice="accept", name="Sam Verzonnen", email="sam@fietsbende.example",
        phone="010 555 01 23", first_contact_on="03-03-2026",
    )  # fmt: skip

    assert answered.status_code == 303
    [fact] = site.world.published(PartnerAccepted)
    assert fact.answered_by == named("contact of fietsbende")
    assert fact.contact_id == site.world.published(ContactNamed)[0].subject


async def test_day_in_words_stays_when_something_else_is_wrong() -> None:
    site = await a_site()
    _, link = await mailed(site)

    answered = await site.post(
        f"/antwoord/{link.token}", choice="accept", name="Sam", email="sam@fietsbende.example",
        first_contact_on="vandaag",
    )  # fmt: skip

    assert answered.status_code == 400
    assert "telefoonnummer: vul dit in" in text_of(answered).lower()
    assert 'value="vandaag"' in answered.text
