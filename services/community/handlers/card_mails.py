"""Somebody of the network writes to another one through the site; what notify asks when the mail leaves."""

from dataclasses import dataclass
from uuid import UUID

from services.community.domain.card import ShownCard, Viewer
from services.community.domain.card_errors import CannotBeMailed, MailNotFound, NotInTheNetwork
from services.community.domain.card_mail import KEPT_FOR, CardMail
from services.community.domain.contact import ContactKind
from services.community.handlers.cards import names_of_city, show_face, show_own, viewer_of
from services.community.handlers.contacts import note_contact
from services.community.handlers.examples import refuse_telltale
from services.community.ports import CommunityUnit


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, as what they are signed in."""

    person_id: UUID
    organisation_id: UUID
    viewer: Viewer
    # Of who writes and who reads: these may stand in a mail.
    names: tuple[str, ...] = ()


async def mail_person(person_id: UUID, words: str, sender: Sender, unit: CommunityUnit) -> None:
    """Raises NotInTheNetwork, CannotBeMailed, or TellsWhoItIs when somebody could be found by the words."""
    face = await show_face(person_id, sender.viewer, unit)
    if not face.card.can_be_mailed or person_id == sender.person_id:
        raise CannotBeMailed
    refuse_telltale("words", words, [*names_of_city(unit.city), *sender.names])
    mail = CardMail(unit.ids.new(), person_id, sender.person_id, unit.now, words)
    await unit.card_mails.add(mail)
    unit.outbox.append(*mail.send())
    for organisation_id in face.organisation_ids:
        await note_contact([sender.organisation_id, organisation_id], ContactKind.MAIL, unit)


async def read_card_mail(mail_id: UUID, unit: CommunityUnit) -> CardMail | None:
    """None: it is not to be sent any more, also when its reader wants no such mails by now."""
    mail = await unit.card_mails.open(mail_id)
    if mail is None:
        return None
    try:
        sender = await show_face(mail.from_person_id, Viewer.NETWORK, unit)
        face = await show_face(mail.person_id, viewer_of(sender.roles), unit)
    except NotInTheNetwork:
        return None
    return mail if face.card.can_be_mailed else None


async def read_own_mail(mail_id: UUID, person_id: UUID, unit: CommunityUnit) -> CardMail:
    """For whom it was written. Raises MailNotFound."""
    mail = await unit.card_mails.open(mail_id)
    if mail is None or mail.person_id != person_id:
        raise MailNotFound
    return mail


async def read_card_to_check(person_id: UUID, unit: CommunityUnit) -> dict[Viewer, ShownCard] | None:
    """What each reads of it now; None: its owner looked at it since, or there is none any more."""
    card = await unit.cards.read(person_id)
    return await show_own(person_id, unit) if card is not None and card.asked_at is not None else None


async def forget_card_mails(unit: CommunityUnit) -> None:
    """Two weeks after they were written."""
    await unit.card_mails.forget_before(unit.now - KEPT_FOR)
