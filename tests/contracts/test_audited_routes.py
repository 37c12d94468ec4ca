"""Every route that serves or changes personal data writes a line in the audit log, whoever asks."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Final
from uuid import uuid5

import httpx
import pytest

from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.events.base import Role
from shared.privacy.audit import About, AuditEntry, Outcome
from shared.web.auditing import Table
from tests.contracts.asked_apps import NOBODY, OTHER, Asked, app_of
from tests.contracts.asked_things import SECRET
from tests.contracts.test_routes import SERVICES, Row, is_asked_to_sign_in, routes_of, table
from tests.parts.audit import CHAIN
from tests.parts.keys import ring_that_asks

KEY: Final = NOBODY
QUESTIONS: Final[Mapping[str, Mapping[str, object]]] = {
    "POST /internal/deliveries": {"questions": [{"recipientId": str(NOBODY)}]},
    "POST /internal/people": {"personIds": [str(NOBODY)]},
    "POST /internal/follow-up-links": {"followUpId": str(NOBODY), "recipientId": str(NOBODY)},
    "POST /internal/seat-letters": {"seatId": str(NOBODY), "occasion": "confirm"},
    "POST /internal/follow-letters": {
        "followerId": str(NOBODY), "gatheringId": str(NOBODY), "occasion": "confirm"
    },
    "POST /internal/card-letters": {"aboutId": str(NOBODY), "occasion": "card-mail"},
    "POST /internal/gathering-letters": {
        "aboutId": str(NOBODY), "occasion": "host-asked", "reader": "sam@desk.example"
    },
    "POST /internal/alike-families": {"categories": ["bike"]},
    "POST /internal/reply-drafts": {"token": "geen"},
    "POST /internal/settled-reply-drafts": {"token": "geen"},
    "POST /internal/follow-up-words": {
        "caseId": str(NOBODY), "followUpId": str(NOBODY), "writtenBy": str(NOBODY), "words": "Het gaat goed.",
    },
}  # fmt: skip
OF_A_CASE: Final = frozenset({About.CASE, About.REFERRAL, About.NEED, About.MESSAGE})


def audited(service: str) -> Table:
    found: Table = import_module(f"services.{service}.web.audited").AUDITED
    return found


def entries(asked: Asked) -> list[AuditEntry]:
    lines = list(asked.units.tables.table("audit_lines").values())
    assert CHAIN.verify(lines) is None
    return [line.entry for line in lines]


@pytest.fixture(params=SERVICES)
async def asked(request: pytest.FixtureRequest) -> Asked:
    return await app_of(request.param)


@asynccontextmanager
async def whoever_may(asked: Asked, row: Row) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody whom this route lets in, at the organisation whose things are there."""
    if row.roles:
        role = role_of(row)
        async with await asked.somebody(role, asked.organisations.get(role, OTHER)) as somebody:
            yield somebody
        return
    organisation = asked.organisations.get(Role.AMBASSADOR, OTHER)
    if "key" in row.who:
        async with asked.client() as machine:
            machine.headers["Authorization"] = f"Bearer {SECRET}"
            yield machine
        return
    if "system" in row.who:
        async with await asked.system(organisation) as machine:
            yield machine
        return
    async with asked.client() as machine:
        if service := next((who.removeprefix("service:") for who in row.who if who.startswith("service:")), ""):
            tokens = ServiceTokens(ring_that_asks(service, asked.service), service, asked.clock)
            machine.auth = ServiceAuth(tokens, asked.service)
        yield machine


async def test_column_says_of_every_route_whether_it_is_in_its_services_table() -> None:
    rows = table()
    for service in SERVICES:
        routes = routes_of((await app_of(service)).app)
        # A request for help is written many at once, each with its line: `submit_requests`.
        assert {route for route in routes if rows[route].audit} == audited(service).keys(), service


async def test_route_that_answers_or_refuses_writes_its_line(asked: Asked) -> None:
    rows, without = table(), list[str]()
    for route, row in audited(asked.service).items():
        before = len(entries(asked))
        async with whoever_may(asked, rows[route]) as somebody:
            reply = await asked.ask(somebody, route)
        assert not is_asked_to_sign_in(reply), route
        # Whatever was typed wrongly served and changed nothing, unless a page came with it.
        if reply.status_code != 400 and not told(entries(asked)[before:], row.purpose):
            without.append(f"{route}: {reply.status_code}")
    assert without == []


async def test_line_about_something_of_a_case_names_the_case_done_or_refused(asked: Asked) -> None:
    rows, nameless = table(), list[str]()
    for route, row in audited(asked.service).items():
        if row.about not in OF_A_CASE or row.at in (None, "token"):
            continue
        for refused in (False, True) if rows[route].roles else (False,):
            with asked.put_back():
                before = len(entries(asked))
                door = asked.somebody(Role.MEMBER, OTHER) if refused else None
                async with await door if door else whoever_may(asked, rows[route]) as somebody:
                    await asked.ask(somebody, route, asked.ids[role_of(rows[route])])
                new = entries(asked)[before:]
            if not all(entry.case_id or (entry.about is About.CASE and entry.about_id) for entry in new):
                nameless.append(f"{route} {refused}")
    assert nameless == []


def role_of(row: Row) -> Role:
    """As whom `whoever_may` comes."""
    return Role.COORDINATOR if Role.COORDINATOR in row.roles else Role(min(row.roles or {Role.AMBASSADOR}))


@pytest.mark.parametrize("may", [True, False], ids=["who-may", "who-may-not"])
async def test_lines_of_internal_routes_name_the_service_that_asks(asked: Asked, *, may: bool) -> None:
    rows = table()
    for route in [one for one in audited(asked.service) if one.startswith("POST /internal/")]:
        before = len(entries(asked))
        caller = rows[route].who[0].removeprefix("service:") if may else asked.service
        async with asked.client() as service:
            tokens = ServiceTokens(ring_that_asks(caller, asked.service), caller, asked.clock)
            service.auth = ServiceAuth(tokens, asked.service)
            reply = await service.post(route.removeprefix("POST "), json=QUESTIONS[route])
        assert reply.status_code != 400, (route, reply.text)
        # A service has no key by which another than the known ones can ask it anything.
        expected = [] if reply.status_code == 401 else [("job", caller)]
        assert [(entry.actor.via, entry.actor.via_id) for entry in entries(asked)[before:]] == expected, route
        assert may == (reply.status_code not in (401, 403)), route


def told(new: list[AuditEntry], purpose: str) -> bool:
    """A line of the route, or of a handler that knew more."""
    return any(entry.purpose == purpose or entry.about_id is not None for entry in new)


async def test_lines_name_who_came_in_and_which_way(asked: Asked) -> None:
    rows = table()
    for route in [one for one in audited(asked.service) if one.startswith("GET ")]:
        before = len(entries(asked))
        async with whoever_may(asked, rows[route]) as somebody:
            await asked.ask(somebody, route)
        for entry in entries(asked)[before:]:
            way = "api" if "system" in rows[route].who else "link" if "link" in rows[route].who else "page"
            assert entry.actor.via == way, route
            assert (entry.actor.person_id is None) == (way == "link"), route
            assert entry.actor.via_id == (str(KEY) if way == "api" else None), route


async def test_whoever_may_not_is_a_line_of_a_refusal(asked: Asked) -> None:
    rows = table()
    for route in [one for one, row in audited(asked.service).items() if row.at and rows[one].roles]:
        before = len(entries(asked))
        async with await asked.somebody(Role.MEMBER, OTHER) as stranger:
            assert (await asked.ask(stranger, route)).status_code == 403, route
        (line,) = entries(asked)[before:]
        assert line.outcome is Outcome.REFUSED, route
        assert line.actor.person_id == uuid5(OTHER, "member"), route
        assert line.actor.role == "member", route
