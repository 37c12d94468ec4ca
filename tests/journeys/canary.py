"""A canary: words that occur nowhere else in the world, and every place to look for them."""

import asyncio
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import httpx

FIRST_NAME = "Kwibuskanarie"
LAST_NAME = "Zandkraaivogel"
CONTACT_NAME = "Fluitesteijn"
PHONE = "06 87654321"
EMAIL = "kanarienest@zandkraai.example"
ADDRESS = "Kooiverzonnenpad 987"
STORY = "de eekhoornbrug kraakt"
NEED_WORDS = "een sterrenlantaarn"
CONTEXT = "het waterlelieboek"
BOTTLENECKS = "de papegaaienpost"
EFFECT = "de bromvliegdans"
CONSENT_NAME = "Toestemmestra"
BIRTH_DATE = date(2017, 3, 19)
MISTAKE = "Verschrijfelaar"

WORDS = (
    FIRST_NAME, LAST_NAME, CONTACT_NAME, "87654321", "kanarienest", "Kooiverzonnenpad", "eekhoornbrug",
    "sterrenlantaarn", "waterlelieboek", "papegaaienpost", "bromvliegdans", CONSENT_NAME, BIRTH_DATE.isoformat(),
    "19-03-2017", "19 maart 2017", MISTAKE,
)  # fmt: skip


def request() -> dict[str, Any]:
    """A request that is all canary."""
    return {
        "child": {"firstName": FIRST_NAME, "lastName": LAST_NAME, "birthDate": BIRTH_DATE.isoformat()},
        "family": {
            "contactName": CONTACT_NAME,
            "phone": PHONE,
            "email": EMAIL,
            "address": ADDRESS,
            "language": "nl",
            "interpreterNeeded": False,
        },
        "district": "west",
        "story": STORY,
        "consent": {"givenBy": "guardian", "givenOn": "2026-01-05", "textVersion": "2026-1", "name": CONSENT_NAME},
        "needs": [{"category": "swimming-lessons", "urgency": "soon", "description": NEED_WORDS}],
    }


def inventory() -> dict[str, Any]:
    """An inventory that is all canary."""
    return {
        "context": CONTEXT,
        "bottlenecks": BOTTLENECKS,
        "effectOnChild": EFFECT,
        "discussedOn": "2026-01-06",
        "needs": [{"category": "swimming-lessons", "urgency": "soon", "description": NEED_WORDS}],
    }


def found_in(text: str) -> set[str]:
    """Which words of the canary are in it, in any case, as they are or as PostgreSQL shows bytes."""
    lower = text.lower()
    return {word for word in WORDS if word.lower() in lower or word.encode().hex() in lower}


async def in_databases(urls: Mapping[str, str]) -> dict[str, set[str]]:
    """Every row of every table, as text; by `service.table`, only where something was found."""
    found: dict[str, set[str]] = {}
    for service, url in urls.items():
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        names = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert len(names) > 10, f"{service} has its own tables and the plumbing's"
        for (name,) in names:
            rows = await connection.fetch(f'SELECT t::text AS words FROM "{name}" t')  # noqa: S608 - names from PostgreSQL itself
            if words := found_in("\n".join(row["words"] for row in rows)):
                found[f"{service}.{name}"] = words
        await connection.close()
    return found


def in_files(folder: Path) -> dict[str, set[str]]:
    """Every file, byte by byte: what PostgreSQL wrote to its tables and its journal, logs, mails, notes."""
    found: dict[str, set[str]] = {}
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            if words := {word for word in WORDS if word.encode() in data}:
                found[str(file.relative_to(folder))] = words
    return found


class Listening:
    """Remembers every address that was asked for or led to."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def client(self) -> httpx.AsyncClient:
        """A browser or a system whose every address is remembered."""
        return httpx.AsyncClient(timeout=30, event_hooks={"request": [self._asked], "response": [self._led]})

    async def _asked(self, request: httpx.Request) -> None:
        self.addresses.append(str(request.url))
        await asyncio.sleep(0)

    async def _led(self, response: httpx.Response) -> None:
        self.addresses.append(response.headers.get("location", ""))
        await asyncio.sleep(0)
