"""The desk takes a need in hand: every step that it can take, and a partner that has a place again."""

from typing import Final

from deploy.demo.stories.page import Page
from deploy.demo.stories.people import Person
from deploy.demo.stories.world import Mail
from shared.events.base import Role
from tests.journeys.by_pages import button, day, form_to
from tests.journeys.desk_stage import Asked, DeskStage
from tests.parts.city import a_city
from tests.parts.stories import STORIES

NEED: Final = "POST /doorverwijzingen/hulpvraag/{need_id}"
PLACES: Final = "POST /antwoord/{token} places"
HANDS_OVER: Final = "POST /bord/{case_id}/punten/{escalation_id}/overdragen"
CATEGORY: Final = "POST /aanvragen/{case_id}/hulpvragen/{need_id}/soort"
STEPS: Final = ("overslaan", "wachten", "geen-hulp", "opnieuw", "buiten-de-kaart", "vragen/{service_id}")
FORMS: Final = (*(f"{NEED}/{step}" for step in STEPS), PLACES, HANDS_OVER, CATEGORY)
SCARCE: Final = STORIES.nobody_can.category
OUTSIDER: Final = {"organisation": "Stichting Verzonnen", "name": "Sam Verzonnen", "email": "sam@stichting.example"}


async def desk_takes_a_need_in_hand(stage: DeskStage) -> Asked:
    """Everybody is passed over, so that somebody of the desk must choose; at last it is another kind of help."""
    case = await stage.asks_for([(SCARCE, "normal")])
    await case.partners.asked(a_city().categories.words(SCARCE))
    need = await _need_of(stage, case)
    while (page := await _step_open(stage, need, "overslaan")) is not None:
        await _takes(stage, page, "overslaan", {})
    await _colleague_does_it(stage, case)
    for step, fields in (("wachten", {"until": day(stage.world, 5)}), ("geen-hulp", {})):
        await _takes(stage, await stage.desk.open(f"{need}/{step}"), step, fields)
    await stage.desk_sends(f"{NEED}/opnieuw", await stage.desk.open(need), "/opnieuw")
    await _takes(stage, await stage.desk.open(f"{need}/buiten-de-kaart"), "buiten-de-kaart", OUTSIDER)
    chosen = await _asks_one_of_the_map(stage, case, need)
    await _has_a_place_again(stage, chosen)
    path = f"{case.path}/hulpvragen/{need.rpartition('/')[2]}/soort"
    changing = form_to(await stage.ambassador.open(path), "/soort")
    await stage.ledger.sees(CATEGORY, stage.ambassador.send(changing, {"category": "bike"}))
    return case


async def _need_of(stage: DeskStage, case: Asked) -> str:
    page = await stage.desk.open(f"/doorverwijzingen?dossier={case.id}")
    return next(link for link, _ in page.links if "/hulpvraag/" in link)


async def _step_open(stage: DeskStage, need: str, step: str) -> Page | None:
    """The page of the step, while the need offers it."""
    await stage.ledger.quiet()
    links = (await stage.desk.open(need)).links
    return await stage.desk.open(f"{need}/{step}") if any(link.endswith(f"/{step}") for link, _ in links) else None


async def _takes(stage: DeskStage, page: Page, step: str, fields: dict[str, str]) -> None:
    form = form_to(page, f"/{step}")
    why = form.choices["reason"][0]
    done = await stage.desk_sends(f"{NEED}/{step}", page, f"/{step}", {**fields, "reason": why})
    assert "Gelukt" in done.text


async def _colleague_does_it(stage: DeskStage, case: Asked) -> None:
    """The point that nobody was found is the second coordinator's."""
    board = await stage.desk.open(f"/bord/{case.id}")
    point = next(link for link, _ in board.links if "/punten/" in link)
    to = await stage.id_of(stage.people[Role.COORDINATOR])
    await stage.desk_sends(HANDS_OVER, await stage.desk.open(point), "/overdragen", {"to": to})


async def _asks_one_of_the_map(stage: DeskStage, case: Asked, need: str) -> Mail:
    """The first that can be asked: the outsider's question is taken back."""
    offers = [link for link, _ in (await stage.desk.open(need)).links if "/vragen/" in link]
    for offer in offers:
        page = await stage.desk.open(offer)
        form = next((one for one in page.forms if "reason" in one.names), None)
        if form is not None:
            newest = max(mail.number for mail in await stage.world.mails(code=case.partners.code))
            sending = stage.desk.send(form, {"reason": form.choices["reason"][0]})
            await stage.ledger.sees(f"{NEED}/vragen/{{service_id}}", sending)
            return await stage.world.mail(words="kun je helpen?", code=case.partners.code, after=newest)
    raise AssertionError(f"nobody of {offers} can be asked")


async def _has_a_place_again(stage: DeskStage, mail: Mail) -> None:
    full = {"reason": "no-capacity", "full_until": day(stage.world, 20)}
    async with Person(stage.world) as partner:
        page = await partner.open(mail.link_to("antwoord"))
        page = await partner.send(button(page, "decline"), {**full, "choice": "decline"})
        sending = partner.send(button(page, "places"), {"place": "yes", "choice": "places"})
        await stage.ledger.sees(PLACES, sending)
