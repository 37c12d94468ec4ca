"""Photos of cards: drawn anew, for whom their owner chose, and gone from everywhere when they are taken away."""

import io

import httpx
import pytest
from PIL import Image

from services.community.domain.card import CardField
from shared.events.base import Role
from tests.unit.community.test_cards import NOOR, OWN, PAGE, a_network, writes
from tests.unit.community.world import Community


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (900, 700)) -> bytes:
    drawn = io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (51.0, 54.0, 0.0)}
    exif[0x010F] = "KanarieCamera"
    Image.new("RGB", size, "teal").save(drawn, kind, exif=exif)
    return drawn.getvalue()


async def sends_photo(community: Community, content: bytes, seen_by: str = "network") -> httpx.Response:
    async with community.visitor(Role.PARTNER) as noor:
        return await noor.post(f"{OWN}/foto", data={"seenBy": seen_by}, files={"file": ("ik.jpg", content)})


async def photo_of(community: Community) -> str:
    async with community.units.begin() as unit:
        card = await unit.cards.read(NOOR)
    return card.wrote.get(CardField.PHOTO, ("",))[0] if card else ""


async def test_photo_is_drawn_anew_without_where_it_was_made() -> None:
    community = await a_network()
    assert b"KanarieCamera" in a_picture()
    assert (await sends_photo(community, a_picture())).status_code == 303
    name = await photo_of(community)
    async with community.visitor(Role.TRUSTED_PERSON) as reader:
        for size, dots in (("groot", 640), ("klein", 160)):
            reply = await reader.get(f"{PAGE}/foto/{name}/{size}")
            picture = Image.open(io.BytesIO(reply.content))
            assert (picture.size, dict(picture.getexif())) == ((dots, dots), {})
            assert b"KanarieCamera" not in reply.content
            assert b"Exif" not in reply.content
            assert "noindex" in reply.headers["x-robots-tag"]
            assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("seen_by", ["at-the-desk", "network", "public"])
async def test_photo_is_for_whom_the_owner_chose(seen_by: str) -> None:
    community = await a_network()
    await sends_photo(community, a_picture("PNG"), seen_by)
    path = f"{PAGE}/foto/{await photo_of(community)}/klein"
    seen = []
    for role in (None, Role.TRUSTED_PERSON, Role.COORDINATOR, Role.PARTNER):
        async with community.visitor(role) as reader:
            seen.append((await reader.get(path)).status_code)
    least = ["public", "network", "at-the-desk"].index(seen_by)
    assert seen == [404] * least + [200] * (4 - least)


async def test_photo_that_was_taken_away_is_nowhere() -> None:
    community = await a_network()
    await sends_photo(community, a_picture())
    name = await photo_of(community)
    async with community.visitor(Role.PARTNER) as noor:
        await writes(community)
        assert (await noor.get(f"{PAGE}/foto/{name}/klein")).status_code == 200
        await noor.post(f"{OWN}/foto/weg")
        assert (await noor.get(f"{PAGE}/foto/{name}/klein")).status_code == 404
    async with community.units.begin() as unit:
        assert await unit.cards.find_photo(name) is None
        assert (await unit.cards.list_consents(NOOR))[-1].field is CardField.PHOTO


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "kies een foto"),
        (b"GIF89a", "niet lezen"),
        (b"\x89PNG\r\n\x1a\n rommel", "niet lezen"),
        (a_picture()[:300], "niet lezen"),
    ],
)
async def test_what_is_no_photo_is_refused_with_clear_words(content: bytes, says: str) -> None:
    community = await a_network()
    reply = await sends_photo(community, content)
    assert reply.status_code == 400
    assert says in reply.text
    assert await photo_of(community) == ""


async def test_picture_that_unfolds_too_far_is_refused() -> None:
    community = await a_network()
    drawn = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(drawn, "PNG")
    reply = await sends_photo(community, drawn.getvalue())
    assert (reply.status_code, "te groot" in reply.text) == (400, True)


async def test_photo_asks_who_sees_it() -> None:
    community = await a_network()
    assert (await sends_photo(community, a_picture(), "")).status_code == 400
    assert (await sends_photo(community, a_picture(), "everybody")).status_code == 400
