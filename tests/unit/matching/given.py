"""A referral brought to a point from which a test goes on."""

from datetime import date, timedelta
from uuid import UUID

from services.matching.commands import AcceptReferral, ConfirmHandover, DeliverHelp, StartHelp
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.cases import propose_partners
from services.matching.handlers.handover import confirm_handover
from services.matching.handlers.partner_answers import accept_referral
from services.matching.handlers.progress import deliver_help, start_help
from shared.events.base import Need
from shared.events.matching import PartnerActivated
from shared.events.monitoring import ResponseExpired
from shared.events.referral_codes import Party
from tests.unit.matching.city import World, assessed, named

TODAY = date(2026, 3, 2)
TOMORROW = TODAY + timedelta(days=1)
CONTACT = named("contact of fietsbende")
JUF = named("juf")


async def asked(*needs: Need) -> tuple[World, UUID]:
    """A world in which the first of two partners was asked."""
    world = await World().with_partners("fietsbende", "rijwielhulp", categories=("bike", "sport"))
    async with world.units.begin() as unit:
        await propose_partners(assessed(*needs), unit)
    return world, world.published(PartnerActivated)[0].referral_id


async def accepted(*needs: Need) -> tuple[World, UUID]:
    world, referral_id = await asked(*needs)
    async with world.units.begin() as unit:
        await accept_referral(AcceptReferral(referral_id, CONTACT, TOMORROW, CONTACT), unit)
    return world, referral_id


async def met(*needs: Need) -> tuple[World, UUID]:
    """Both sides said that they met the family together."""
    world, referral_id = await accepted(*needs)
    async with world.units.begin() as unit:
        for party, who in ((Party.PARTNER, CONTACT), (Party.AMBASSADOR, JUF)):
            await confirm_handover(ConfirmHandover(referral_id, party, TODAY, who), unit)
    return world, referral_id


async def delivered(*needs: Need) -> tuple[World, UUID]:
    world, referral_id = await met(*needs)
    async with world.units.begin() as unit:
        await start_help(StartHelp(referral_id, TODAY, CONTACT), unit)
        await deliver_help(DeliverHelp(referral_id, TODAY, CONTACT), unit)
    return world, referral_id


async def state_of(world: World, referral_id: UUID) -> ReferralState:
    return next(referral.state for referral in await world.referrals() if referral.id == referral_id)


def expiry(world: World) -> ResponseExpired:
    """The clock of the last question ran out."""
    asked = world.published(PartnerActivated)[-1]
    return ResponseExpired(
        subject=asked.subject,
        occurred_at=asked.answer_by,
        referral_id=asked.referral_id,
        need_id=asked.need_id,
        organisation_id=asked.organisation_id,
        case_code=asked.case_code,
        contact_id=asked.contact_id,
        ambassador_id=asked.ambassador_id,
        due_at=asked.answer_by,
    )
