"""An organisation says itself what it is good at and what it cannot do."""

from tests.unit.matching.entries import as_partner, fields_of, posted
from tests.unit.matching.site import a_site, text_of
from tests.unit.matching.test_own_entry import OWN, SERVICE


async def test_what_an_organisation_is_good_at_and_what_it_cannot_do_stand_with_each_of_its_offers() -> None:
    site = await a_site()
    as_partner(site)
    page = f"{OWN}/organisatie"
    fields = fields_of(await site.get(page))

    await posted(site, page, {**fields, "strengths": "Binnen een dag op weg.", "limits": "In de zomer dicht."})

    kept = fields_of(await site.get(page))
    assert (kept["strengths"], kept["limits"]) == ("Binnen een dag op weg.", "In de zomer dicht.")
    shown = text_of(await site.get(f"/kaart/{SERVICE}"))
    assert "Hier zijn wij goed in Binnen een dag op weg." in shown
    assert "Dit kunnen wij niet In de zomer dicht." in shown
