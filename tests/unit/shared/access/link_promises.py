"""What every implementation of `Links` promises."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from shared.access.links import LinkExpired, LinkGrant, Links, short_code_in

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EXPIRES = NOW + timedelta(days=14)
PURPOSE = "answer"
SUBJECT, HOLDER, ORGANISATION = UUID(int=1), UUID(int=2), UUID(int=3)
LinksAt = Callable[[datetime], Links]


class LinkPromises(ABC):
    """One test per promise."""

    @abstractmethod
    async def links(self) -> LinksAt:
        """The links as they are at some instant."""

    async def test_token_and_code_both_open_what_they_were_made_for(self) -> None:
        at = await self.links()
        link = await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES, organisation_id=ORGANISATION)
        grant = await at(NOW).resolve(link.token, PURPOSE)
        assert grant is not None
        assert grant == LinkGrant(grant.id, PURPOSE, SUBJECT, HOLDER, ORGANISATION, EXPIRES)
        assert await at(NOW).resolve(link.short_code, PURPOSE) == grant

    async def test_reading_uses_nothing_up(self) -> None:
        at = await self.links()
        link = await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES)
        for _ in range(3):
            assert await at(NOW).resolve(link.token, PURPOSE) is not None

    async def test_code_is_readable_aloud_and_may_be_typed_in_any_way(self) -> None:
        at = await self.links()
        code = (await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES)).short_code
        assert re.fullmatch(r"[ACDEFGHJKMNPQRTUVWXY34679]{4}-[ACDEFGHJKMNPQRTUVWXY34679]{4}", code)
        for typed in (code.lower(), code.replace("-", ""), f"  {code.replace('-', ' ')} ", f"{code}{'-' * 30}"):
            assert await at(NOW).resolve(typed, PURPOSE) is not None, typed
            assert short_code_in(typed) == code

    async def test_link_whose_time_is_over_is_found_still_and_opens_nothing(self) -> None:
        at = await self.links()
        link = await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES)
        opened = await at(NOW).resolve(link.token, PURPOSE)
        assert await at(EXPIRES).find(link.short_code, PURPOSE) == opened
        assert await at(EXPIRES).find(link.token, "another") is None
        with pytest.raises(LinkExpired):
            await at(EXPIRES).resolve(link.token, PURPOSE)

    async def test_token_is_never_taken_for_a_code(self) -> None:
        at = await self.links()
        assert short_code_in((await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES)).token) is None

    async def test_token_cannot_be_guessed_and_is_never_the_same_twice(self) -> None:
        at = await self.links()
        links = [await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES) for _ in range(50)]
        assert len({link.token for link in links}) == len({link.short_code for link in links}) == 50
        assert min(len(link.token) for link in links) >= 43

    async def test_older_link_stays_valid_when_a_new_one_is_made(self) -> None:
        at = await self.links()
        older = await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES)
        await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES)
        assert await at(NOW).resolve(older.token, PURPOSE) is not None

    async def test_tampered_or_unknown_token_opens_nothing(self) -> None:
        at = await self.links()
        link = await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES)
        for wrong in (
            link.token[:-1],
            link.token + "A",
            link.token.swapcase(),
            "",
            " ",
            "x" * 5000,
            "' OR 1=1 --",
            "é",
        ):
            assert await at(NOW).resolve(wrong, PURPOSE) is None, wrong

    async def test_link_for_another_purpose_opens_nothing(self) -> None:
        at = await self.links()
        link = await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES)
        assert await at(NOW).resolve(link.token, "follow-up") is None
        assert await at(NOW).resolve(link.short_code, "follow-up") is None

    async def test_expired_link_says_that_its_time_is_over(self) -> None:
        at = await self.links()
        link = await at(NOW).mint(PURPOSE, SUBJECT, HOLDER, EXPIRES)
        assert await at(EXPIRES - timedelta(seconds=1)).resolve(link.token, PURPOSE) is not None
        for text in (link.token, link.short_code):
            with pytest.raises(LinkExpired) as refused:
                await at(EXPIRES).resolve(text, PURPOSE)
            assert refused.value.status == 410
