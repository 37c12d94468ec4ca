"""Who act in the stories, each through the doors that they have: a school's system, and people with a browser."""

import re
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urljoin

import httpx

from deploy.demo.stories.page import Form, Page, PageDiffers
from deploy.demo.stories.world import World

SIGN_IN_CODE = re.compile(r"\b(\d{3}) ?(\d{3})\b")
_MOVED = frozenset({302, 303, 307, 308})
_MOST_MOVES = 5


class DoorClosed(Exception):
    """The door answered otherwise than the story tells."""


class DoorBusy(DoorClosed):
    """The door says: try it again in a moment."""


class SchoolSystem:
    """A school's own system: the API with its key."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def ask(self, body: Mapping[str, Any], *, key: str) -> dict[str, Any]:
        """POST a request; `key` is the idempotency key. Raises DoorClosed."""
        return await self._send("POST", f"{self._world.base_url}/v1/requests", body, 201, key)

    async def tell(self, link: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """PUT the inventory. Raises DoorClosed."""
        return await self._send("PUT", link, body, 200)

    async def look(self, link: str) -> dict[str, Any]:
        """How a request stands. Raises DoorClosed."""
        return await self._send("GET", link, None, 200)

    async def _send(
        self, method: str, url: str, body: Mapping[str, Any] | None, wanted: int, key: str = ""
    ) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._world.api_key}"} | ({"Idempotency-Key": key} if key else {})
        async with self._world.client() as client:
            reply = await client.request(method, url, json=body, headers=headers)
        if reply.status_code != wanted:
            closed = DoorBusy if reply.status_code == httpx.codes.SERVICE_UNAVAILABLE else DoorClosed
            raise closed(f"{method} {url} answered {reply.status_code}: {reply.text[:300]}")
        said: dict[str, Any] = reply.json()
        return said


class Person:
    """Somebody with a browser (cookies, no JavaScript) who reads the pages and fills in their forms."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._client = world.client()

    async def __aenter__(self) -> Self:
        """Open the browser."""
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close it."""
        await self._client.__aexit__()

    @property
    def cookies(self) -> httpx.Cookies:
        """What the browser keeps."""
        return self._client.cookies

    async def open(self, address: str) -> Page:
        """A page. Raises DoorClosed."""
        return await self._arrive(await self._client.get(urljoin(self._world.base_url, address)))

    async def send(self, form: Form, answers: Mapping[str, str]) -> Page:
        """Fill in and send, as a browser would; the page that comes of it. Raises DoorClosed or PageDiffers."""
        filled = form.filled(answers)
        if form.method == "get":
            return await self._arrive(await self._client.get(form.action, params=filled))
        headers = {"Origin": self._world.base_url, "Sec-Fetch-Site": "same-origin"}
        return await self._arrive(await self._client.post(form.action, data=filled, headers=headers))

    async def sign_in(self, email: str) -> Page:
        """With the code from the mail. Raises DoorClosed, PageDiffers or MailMissing."""
        newest = max([mail.number for mail in await self._world.mails(to=email)], default=0)
        asked = await self.open("/inloggen")
        typing = await self.send(asked.form_with("email"), {"email": email})
        mail = await self._world.mail(to=email, words="code om in te loggen", after=newest)
        code = SIGN_IN_CODE.search(mail.text)
        if code is None:
            raise PageDiffers(f"there is no code of six digits in {mail.page}")
        return await self.send(typing.form_with("code"), {"code": "".join(code.groups())})

    async def _arrive(self, reply: httpx.Response) -> Page:
        for _ in range(_MOST_MOVES):
            if reply.status_code not in _MOVED:
                break
            reply = await self._client.get(urljoin(str(reply.url), reply.headers["location"]))
        page = Page.read(str(reply.url), reply.text)
        if reply.status_code != httpx.codes.OK:
            raise DoorClosed(f"{reply.request.method} {reply.url} answered {reply.status_code}: {page.text[:300]}")
        return page
