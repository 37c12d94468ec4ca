"""The desk keeps the everyday words of the map."""

from typing import Final

from deploy.demo.stories.people import Person
from tests.journeys.by_pages import form_to
from tests.journeys.ledger import Ledger

# A file is sent by a browser (`tests/browser/test_map_by_page.py`); nobody is mailed of it.
MAP_FORMS: Final = tuple(
    f"POST /netwerk/inlezen{path}" for path in ("", "/{import_id}/overnemen", "/{import_id}/terugdraaien")
)


async def keeps_everyday_words(desk: Person, ledger: Ledger) -> None:
    """A word is added, changed and taken away: the desk sees it, and nobody is told."""
    path = "/netwerk/zoekwoorden"
    adding = (await desk.open(path)).form_with("word")
    word = {"word": "kurtka", "categories": "clothing"}
    page = await ledger.sees(f"POST {path}", desk.send(adding, word))
    of_word = next(address for address, text in page.links if text == "kurtka")
    changing = (await desk.open(of_word)).form_with("word")
    await ledger.sees(f"POST {path}/{{word_id}}", desk.send(changing, {**word, "word": "kurtki"}))
    removing = form_to(await desk.open(of_word), "/weg")
    await ledger.sees(f"POST {path}/{{word_id}}/weg", desk.send(removing, {"choice": "remove"}))
