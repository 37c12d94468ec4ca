"""A coordinator gives a choice on the board a name, begins with it, and takes it away again."""

from deploy.demo.stories.people import Person
from tests.journeys.by_pages import form_to
from tests.journeys.ledger import Ledger

VIEWS = "/bord/weergaven"


async def desk_keeps_a_view(ledger: Ledger, desk: Person) -> None:
    """Each of the three forms once."""
    form = (await desk.open(f"{VIEWS}/nieuw?groep=now")).form_with("title")
    chosen = {"title": "Wat niet kan wachten", "shared": "team"}
    await ledger.sees(f"POST {VIEWS}", desk.send(form, chosen))
    page = await desk.open(VIEWS)
    await ledger.sees(f"POST {VIEWS}/begin", desk.send(form_to(page, "/begin"), {}))
    gone = next(link for link, _ in page.links if link.endswith("/verwijderen"))
    asked = await desk.open(gone)
    await ledger.sees(f"POST {VIEWS}/{{view_id}}/verwijderen", desk.send(form_to(asked, "/verwijderen"), {}))
