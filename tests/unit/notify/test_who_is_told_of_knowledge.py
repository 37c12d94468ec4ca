"""Given what becomes of articles: who reads of it."""

from typing import Any
from uuid import UUID

from shared.events import knowledge
from shared.events.base import Role
from tests.parts.people import listed
from tests.unit.notify import network
from tests.unit.notify.builders import CONTACT, COORDINATOR, NOW, PARTNER
from tests.unit.notify.letters import written
from tests.unit.notify.test_who_is_told_of_the_network import DESK, told
from tests.unit.notify.twin import Notify

ARTICLE, EDITION = UUID(int=81), UUID(int=82)


async def test_desk_and_owner_look_and_authors_hear_what_became_of_it(notify: Notify) -> None:
    await notify.given(*DESK[:1], listed(CONTACT, PARTNER, Role.PARTNER, at=NOW))
    fact: Any = {"subject": ARTICLE, "edition_id": EDITION}
    await notify.given(
        network.network(knowledge.EditionSubmitted, **fact, owner_id=CONTACT, deputy_id=COORDINATOR),
        network.network(knowledge.EditionReturned, **fact, author_ids=(CONTACT,)),
        network.network(knowledge.EditionPublished, **fact, author_ids=(CONTACT,)),
        network.network(knowledge.ArticleDisowned, subject=ARTICLE),
        network.network(knowledge.ReviewsAsked, subject=CONTACT, articles=40),
    )

    assert told(notify) == [
        ("article-submitted", COORDINATOR), ("article-to-check", CONTACT), ("article-sent-back", CONTACT),
        ("article-published", CONTACT), ("article-owner-missing", COORDINATOR), ("article-reviews", CONTACT),
    ]  # fmt: skip
    *_, missing, reviews = notify.messages()
    assert f"/kennisbank/beheer/{ARTICLE}" in written(missing.draft).text
    assert "40 van jouw artikelen" in written(reviews.draft).text
    for choice in ("holds", "change", "withdraw"):
        assert f"/kennisbank/nakijken?keuze={choice}" in written(reviews.draft).text


async def test_who_is_late_reads_it_once_a_month(notify: Notify) -> None:
    await notify.given(listed(CONTACT, PARTNER, Role.PARTNER, at=NOW))
    await notify.given(network.network(knowledge.ReviewsAsked, subject=CONTACT, articles=1, is_monthly=True))
    (message,) = notify.messages()
    assert "nog niet na" in written(message.draft).text
