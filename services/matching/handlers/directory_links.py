"""Links to the directory that go in a mail: to confirm the address of a request to join, and to an own entry."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from services.matching.domain.application import ApplicationState
from services.matching.domain.network import Person
from services.matching.ports import MatchingUnit
from shared.access.links import Link
from shared.events.http import DeliveryAnswer, DeliveryQuestion, DirectoryLink

APPLICATION_LINK: Final = "application"
APPLICATION_PATH: Final = "/aansluiten/bevestigen"
ENTRY_LINK: Final = "entry"
ENTRY_PATH: Final = "/netwerk/vermelding/link"
_OVER: Final = DeliveryAnswer(state="no-longer-needed")


async def answer_applicant(question: DeliveryQuestion, unit: MatchingUnit, public_url: str) -> DeliveryAnswer:
    """Whoever asked to join is no person of the network: the mail is about their request."""
    application = await unit.applications.read(question.recipient_id)
    if application is None:
        return DeliveryAnswer(state="nobody")
    address = DeliveryAnswer(state="deliver", address=application.asked.email, name=application.asked.contact_name)
    if question.directory_id is None or question.directory_link is not DirectoryLink.APPLICATION:
        return address
    if application.state is not ApplicationState.STARTED:
        return _OVER
    until = unit.now + timedelta(days=unit.city.entries.confirm_address_within_days)
    link = await unit.links.mint(APPLICATION_LINK, application.id, application.id, until)
    return _with(address, link, f"{public_url}{APPLICATION_PATH}")


async def answer_with_entry_link(
    organisation_id: UUID, person: Person, unit: MatchingUnit, public_url: str
) -> DeliveryAnswer:
    """Only somebody of the organisation gets a link to its entry."""
    if not person.works_for(organisation_id):
        return _OVER
    until = unit.now + timedelta(days=unit.city.entries.check_every_days)
    link = await unit.links.mint(ENTRY_LINK, organisation_id, person.id, until, organisation_id=organisation_id)
    address = DeliveryAnswer(state="deliver", address=person.email, name=person.name)
    return _with(address, link, f"{public_url}{ENTRY_PATH}")


def _with(address: DeliveryAnswer, link: Link, path: str) -> DeliveryAnswer:
    return address.model_copy(update={"link": f"{path}/{link.token}", "short_code": link.short_code})
