"""What hangs on somebody goes to a colleague, and stays there."""

from tests.unit.matching.city import named, service
from tests.unit.matching.entries import fields_of, posted, the_service
from tests.unit.matching.people_at_work import a_desk, colleague, press


async def test_offer_that_went_to_a_colleague_does_not_come_back_by_a_form_that_was_open() -> None:
    site = await a_desk()
    kim = await colleague(site)
    offer = service("fietsbende").id
    fields = fields_of(await site.get(f"/netwerk/aanbod/{offer}"))

    await press(site, named("contact of fietsbende"), "pass-service", service=str(offer), to=str(kim.id))
    saved = await posted(site, f"/netwerk/aanbod/{offer}", {**fields, "phone": "010 123 45 67"})

    assert saved.status_code == 303
    assert "samen" in saved.headers["location"]
    now_it_is = await the_service(site, offer)
    assert (now_it_is.contact_ids, now_it_is.phone) == ((kim.id,), "010 123 4567")
