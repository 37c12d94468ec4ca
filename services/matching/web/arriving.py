"""From who proved an address to who is signed in: as what they go on, and a second factor where it is asked."""

import contextlib
from asyncio import sleep
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.network import Person
from services.matching.domain.sign_in import lane_of
from services.matching.handlers.second_factor import prepare_enrolment
from services.matching.ports import MatchingUnit
from services.matching.web.dependencies import Dependencies
from services.matching.web.sign_in_cookies import OnTheWay
from shared.access.sessions import Session
from shared.events.base import Role
from shared.events.directory import Membership
from shared.privacy.audit import About, Action
from shared.web.app import Web
from shared.web.auditing import actor_of
from shared.web.rate_limit import TooManyRequests

HOME: Final = {
    Role.AMBASSADOR: "/aanvragen",
    Role.COORDINATOR: "/bord",
    Role.OPERATOR: "/berichten",
    Role.PARTNER: "/doorverwijzingen",
    Role.TRUSTED_PERSON: "/aanvragen/doorgeven",
    Role.MEMBER: "/kaart",
    Role.SAFETY_OFFICER: "/aanvragen/veiligheid",
}
DESK: Final = frozenset({Role.COORDINATOR, Role.OPERATOR})
CHOOSE: Final = "/inloggen/rol"
SECOND_STEP: Final = "/inloggen/tweede-stap"
SLOWLY_SECONDS: Final = 2.0
# What the audit log calls it that a session began, whichever way somebody proved who they are.
SESSION: Final = "session"


@dataclass(frozen=True, slots=True)
class Arriving:
    """One request of somebody on the way in."""

    request: Request
    unit: MatchingUnit
    dependencies: Dependencies
    web: Web

    async def go_on(self, way: OnTheWay, person: Person) -> Response:
        """The next page: the choice of a role, the second step, or where they were going."""
        chosen = way.chosen or (person.memberships[0] if len(person.memberships) == 1 else None)
        if chosen is None:
            return self._next(way, CHOOSE)
        way = replace(way, chosen=chosen)
        if not way.second_factor and await self._asks_second(chosen, person):
            await prepare_enrolment(person.id, self.unit, self.dependencies.sealing)
            return self._next(way, SECOND_STEP)
        response = RedirectResponse(target_of(way, chosen), status_code=HTTPStatus.SEE_OTHER)
        await self.sign_in(response, way, chosen, person)
        return response

    async def sign_in(self, response: Response, way: OnTheWay, chosen: Membership, person: Person) -> None:
        """Set the cookie of the session on this response; the device proved itself."""
        organisation_id = chosen.organisation_id
        names = await self.unit.organisations.read_names({organisation_id})
        session = Session(
            person.id,
            chosen.role,
            organisation_id,
            person.epoch,
            way.second_factor,
            person.name,
            names.get(organisation_id, ""),
            has_choice=len(person.memberships) > 1,
            since=way.since,
        )
        now, cookies = self.web.clock.now(), self.dependencies.cookies
        self.request.state.session = session
        self.unit.audit.by(actor_of(self.request))
        self.unit.audit.record(Action.SIGN_IN, About.PERSON, person.id, SESSION)
        self.web.sessions.sign_in(response, session, now)
        cookies.end_way(response)
        lane = lane_of(self.dependencies.code_key, person.email)
        cookies.keep_device(self.request, response, lane, self.unit.ids.new(), now)

    async def _asks_second(self, chosen: Membership, person: Person) -> bool:
        """Of the desk only; of whoever has one it is asked always."""
        if chosen.role not in DESK:
            return False
        if self.web.city.desk.asks_second_factor(in_production=self.web.environment == "production"):
            return True
        factor = await self.unit.second_factors.read(person.id)
        return factor is not None and factor.confirmed

    def _next(self, way: OnTheWay, path: str) -> Response:
        response = RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)
        self.dependencies.cookies.keep_way(response, way, self.web.clock.now())
        return response


def target_of(way: OnTheWay, chosen: Membership) -> str:
    """Where they were going, else where their work is."""
    return HOME[chosen.role] if way.target == "/" else way.target


def still(way: OnTheWay, person: Person | None) -> Person | None:
    """The person, as far as what they proved and chose still holds."""
    if person is None or not person.active or way.epoch < person.epoch:
        return None
    if way.chosen is not None and not person.may(way.chosen.role, way.chosen.organisation_id):
        return None
    return person


async def slow_down(web: Web, name: str, client: str, limit: str) -> None:
    """Over the limit one waits a moment and is then served: nobody can use it up for the others of a network."""
    with contextlib.suppress(TooManyRequests):
        await web.limiter.hit(name, client, limit)
        return
    await sleep(SLOWLY_SECONDS)
