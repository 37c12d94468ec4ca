"""A worry is passed on, and families get another ambassador: one, and all that somebody has."""

from typing import Final

from deploy.demo.stories.people import Person
from shared.events.base import Role
from tests.journeys.by_pages import email_of, form_to
from tests.journeys.desk_stage import Asked, DeskStage

CASE: Final = "POST /aanvragen/{case_id}"
PASSES_ON, ALL = "POST /aanvragen/doorgeven", "POST /aanvragen/overdragen"
FORWARDS: Final = "POST /aanvragen/signaal/{signal_id}/doorgeven"
FORMS: Final = (f"{CASE}/overdragen", f"{CASE}/verteld", ALL, PASSES_ON, FORWARDS)


async def a_worry_and_a_family_change_hands(stage: DeskStage, case: Asked) -> None:
    """To the second ambassador of the school; and at last all of it back, by the desk."""
    first, second = email_of(Role.AMBASSADOR), stage.people[Role.AMBASSADOR]
    await _worry_is_passed_on(stage, await stage.id_of(first))
    listed = await stage.ambassador.open("/aanvragen")
    signal = next(link for link, _ in listed.links if "/aanvragen/signaal/" in link and not link.endswith("/nieuw"))
    to_second = {"ambassadorId": await stage.id_of(second)}
    form = (await stage.ambassador.open(f"{signal}/doorgeven")).form_with("ambassadorId")
    await stage.ledger.sees(FORWARDS, stage.ambassador.send(form, to_second))
    form = form_to(await stage.ambassador.open(f"{case.path}/overdragen"), "/overdragen")
    await stage.ledger.sees(f"{CASE}/overdragen", stage.ambassador.send(form, to_second))
    async with Person(stage.world) as anna:
        await anna.sign_in(second)
        form = form_to(await anna.open(f"{case.path}/verteld"), "/verteld")
        await stage.ledger.sees(f"{CASE}/verteld", anna.send(form, {"toldOn": "vandaag"}))
    await _all_goes_back(stage, first, second)


async def _worry_is_passed_on(stage: DeskStage, to: str) -> None:
    school = await stage.organisation_of(email_of(Role.AMBASSADOR))
    async with Person(stage.world) as vera:
        await vera.sign_in(stage.people[Role.TRUSTED_PERSON])
        form = (await vera.open(f"/aanvragen/doorgeven?bij={school}")).form_with("worries")
        worry = {"ambassadorId": to, "worries": form.choices["worries"][0]}
        await stage.ledger.sees(PASSES_ON, vera.send(form, worry))


async def _all_goes_back(stage: DeskStage, first: str, second: str) -> None:
    school = await stage.organisation_of(first)
    listed = await stage.desk.open(f"/aanvragen/overdragen?van={await stage.id_of(second)}&bij={school}")
    form = listed.form_with("ambassadorId")
    done = await stage.ledger.sees(ALL, stage.desk.send(form, {"ambassadorId": await stage.id_of(first)}))
    assert "Overgedragen aan" in done.text
