"""What both agree on becomes a draft of an article, written by whoever may be read."""

from uuid import UUID

import pytest

from services.community.handlers.knowledge import find_edition
from shared.events.base import Role
from shared.events.sparring import SparringArticleAsked
from tests.unit.community.sparring import ANSWER, ASKER, PAGE, asked, colleagues, facts, link
from tests.unit.community.test_sparring_answering import asker_posts, posts


@pytest.mark.parametrize(("more", "is_read"), [({}, True), ({"anonymous": "true"}, False)])
async def test_who_asked_without_a_name_is_no_author_of_what_becomes_of_it(
    more: dict[str, str], *, is_read: bool
) -> None:
    community = await colleagues()
    question_id = await asked(community, **more)
    await posts(community, await link(community), text=ANSWER)
    await asker_posts(community, f"{PAGE}/{question_id}/geholpen", choice="yes", article="true")
    (fact,) = facts(community, SparringArticleAsked)
    async with community.visitor(Role.PARTNER, whose=fact.person_id) as colleague:
        reply = await colleague.post(f"{PAGE}/artikel/{fact.answer_id}", data={"choice": "offer"})
    async with community.units.begin() as unit:
        article, edition = await find_edition(UUID(reply.headers["location"].rpartition("/")[2]), unit)

    assert edition.author_ids == {fact.person_id} | ({ASKER} if is_read else set())
    assert article.about.categories == {"debt"}
