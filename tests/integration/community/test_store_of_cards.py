"""Cards, mails through the site, codes, trainings and organisations in touch, on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

from services.community.domain.card import CONSENT_TEXT, Audience, Card, CardField, Consent
from services.community.domain.card_code import CardCode
from services.community.domain.card_mail import CardMail
from services.community.domain.contact import ContactKind, OrganisationContact
from services.community.domain.training import Training, TrainingTold
from services.community.ports import CommunityUnit
from services.community.ports.cards import Photo
from services.community.store.repositories import PostgresCommunityUnit
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.statements import Statement
from shared.unit_of_work import Units
from tests.unit.community.world import TUESDAY, an_id

NOOR, BAS = an_id("Noor"), an_id("Bas")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TODAY = TUESDAY.date()
PHOTO = Photo("a" * 64, b"\xff\xd8large", b"\xff\xd8small")
WROTE = {CardField.PHONE: ("010 123 4567",), CardField.LANGUAGES: ("ar", "nl")}
KEPT = Statement(
    "SELECT (SELECT count(*) FROM card_keys) + (SELECT count(*) FROM card_values) + (SELECT count(*) FROM card_photos)"
    " + (SELECT count(*) FROM card_consents)"
)
WRITTEN = Statement("SELECT (SELECT count(*) FROM card_mail_keys) + (SELECT count(*) FROM card_mail_words)")
SEALED = Statement("SELECT wrote FROM card_values UNION ALL SELECT large FROM card_photos")
RealUnits = PostgresUnits[PostgresCommunityUnit]


def said(name: CardField, audience: Audience, hours: int = 0) -> Consent:
    return Consent(name, audience, CONSENT_TEXT, TUESDAY + hours * HOUR, NOOR)


async def test_card_comes_back_with_what_was_said_last(units: Units[CommunityUnit]) -> None:
    card = Card(NOOR, TUESDAY, dict(WROTE), asked_at=TUESDAY + HOUR)
    first, other = said(CardField.PHONE, Audience.PUBLIC), said(CardField.LANGUAGES, Audience.NETWORK)
    last = said(CardField.PHONE, Audience.NOBODY, 1)
    async with units.begin() as unit:
        assert await unit.cards.read(NOOR) is await unit.cards.get(NOOR) is None
        await unit.cards.save(replace(card, wrote={}), [first, other])
        await unit.cards.save(replace(card, consents={CardField.PHONE: last, CardField.LANGUAGES: other}), [last])

    expected = replace(card, consents={CardField.PHONE: last, CardField.LANGUAGES: other})
    async with units.begin() as unit:
        assert await unit.cards.read(NOOR) == await unit.cards.get(NOOR) == expected
        assert await unit.cards.read_each([NOOR, BAS]) == {NOOR: expected}
        assert await unit.cards.list_consents(NOOR) == [other, first, last]
        assert await unit.cards.list_consents(BAS) == []


async def test_photo_is_found_by_its_name_and_another_takes_its_place(units: Units[CommunityUnit]) -> None:
    other = Photo("b" * 64, b"large", b"small")
    async with units.begin() as unit:
        await unit.cards.save(Card(NOOR, TUESDAY))
        await unit.cards.keep_photo(NOOR, PHOTO)
        assert await unit.cards.find_photo(PHOTO.digest) == (NOOR, PHOTO)
        await unit.cards.keep_photo(NOOR, other)
        assert await unit.cards.find_photo(PHOTO.digest) is None
        assert await unit.cards.find_photo(other.digest) == (NOOR, other)
        await unit.cards.keep_photo(NOOR, None)
        assert await unit.cards.find_photo(other.digest) is None


async def test_cards_that_are_due_are_listed(units: Units[CommunityUnit]) -> None:
    async with units.begin() as unit:
        for name, hours, asked in (("a", 0, None), ("b", 1, None), ("c", 0, TUESDAY)):
            await unit.cards.save(Card(an_id(name), TUESDAY + hours * HOUR, asked_at=asked))
        assert await unit.cards.list_unasked(TUESDAY, 9) == [an_id("a")]
        assert await unit.cards.list_unasked(TUESDAY + HOUR, 9) == sorted([an_id("a"), an_id("b")])
        assert len(await unit.cards.list_unasked(TUESDAY + HOUR, 1)) == 1


async def test_removed_card_leaves_nothing(units: Units[CommunityUnit]) -> None:
    async with units.begin() as unit:
        await unit.cards.save(Card(NOOR, TUESDAY, dict(WROTE)), [said(CardField.PHONE, Audience.PUBLIC)])
        await unit.cards.keep_photo(NOOR, PHOTO)
        await unit.cards.remove(NOOR)
        assert await unit.cards.read(NOOR) is None
        assert await unit.cards.find_photo(PHOTO.digest) is None
        assert await unit.cards.list_consents(NOOR) == []


async def test_nothing_of_a_card_is_readable_in_the_database(postgres_units: RealUnits) -> None:
    async with postgres_units.begin() as unit:
        await unit.cards.save(Card(NOOR, TUESDAY, dict(WROTE)), [said(CardField.PHONE, Audience.PUBLIC)])
        await unit.cards.keep_photo(NOOR, PHOTO)
        rows = await SEALED.rows(unit._connection)
        assert len(rows) == 2
        assert not any(b"4567" in row[0] or b"large" in row[0] for row in rows)
        await unit.cards.remove(NOOR)
        assert (await KEPT.rows(unit._connection))[0][0] == 0


async def test_mails_come_back_and_are_forgotten(units: Units[CommunityUnit]) -> None:
    first = CardMail(an_id("first"), NOOR, BAS, TUESDAY, "Bel je mij?")
    second = CardMail(an_id("second"), BAS, NOOR, TUESDAY + HOUR, "Dat doe ik.")
    other = CardMail(an_id("other"), an_id("c"), an_id("d"), TUESDAY + HOUR, "Hallo.")
    async with units.begin() as unit:
        for mail in (second, first, other):
            await unit.card_mails.add(mail)
        assert await unit.card_mails.open(first.id) == first
        assert await unit.card_mails.list_of_person(NOOR) == [first, second]
        await unit.card_mails.forget_before(TUESDAY + HOUR)
        assert await unit.card_mails.list_of_person(NOOR) == [second]
        await unit.card_mails.forget_of_person(NOOR)
        assert await unit.card_mails.open(second.id) is None
        assert await unit.card_mails.open(other.id) == other


async def test_words_go_with_their_keys(postgres_units: RealUnits) -> None:
    async with postgres_units.begin() as unit:
        await unit.card_mails.add(CardMail(an_id("first"), NOOR, BAS, TUESDAY, "Bel je mij?"))
        await unit.card_mails.forget_of_person(BAS)
        assert (await WRITTEN.rows(unit._connection))[0][0] == 0


async def test_codes_are_withdrawn_and_forgotten(units: Units[CommunityUnit]) -> None:
    code = CardCode(an_id("code"), NOOR, TUESDAY)
    async with units.begin() as unit:
        await unit.card_codes.add(code)
        assert await unit.card_codes.read(code.id) == await unit.card_codes.find_of_person(NOOR) == code
        await unit.card_codes.withdraw(NOOR)
        assert await unit.card_codes.find_of_person(NOOR) is None
        assert await unit.card_codes.read(code.id) == replace(code, person_id=None)
        await unit.card_codes.forget_before(TUESDAY)
        assert await unit.card_codes.read(code.id) is not None
        await unit.card_codes.forget_before(TUESDAY + HOUR)
        assert await unit.card_codes.read(code.id) is None


async def test_trainings_of_which_something_is_to_be_told_are_listed(units: Units[CommunityUnit]) -> None:
    async with units.begin() as unit:
        for name, days, told in (
            ("soon", 10, TrainingTold.NOTHING),
            ("soon and told", 10, TrainingTold.EXPIRING),
            ("over", -1, TrainingTold.EXPIRING),
            ("over and told", -1, TrainingTold.EXPIRED),
            ("later", 90, TrainingTold.NOTHING),
        ):
            await unit.trainings.save(Training(an_id(name), TODAY + days * DAY, TUESDAY, NOOR, told))
        due = await unit.trainings.list_untold(TODAY + 60 * DAY, TODAY)
        assert due == sorted([an_id("soon"), an_id("over")])
        found = await unit.trainings.get(an_id("soon"))
        assert found == Training(an_id("soon"), TODAY + 10 * DAY, TUESDAY, NOOR)
        assert list(await unit.trainings.read_each([an_id("soon"), NOOR])) == [an_id("soon")]
        await unit.trainings.remove(an_id("soon"))
        assert await unit.trainings.get(an_id("soon")) is None


async def test_later_contact_of_two_organisations_counts(units: Units[CommunityUnit]) -> None:
    a, b = an_id("a"), an_id("b")
    later = OrganisationContact.between(a, b, TODAY + DAY, ContactKind.MAIL)
    async with units.begin() as unit:
        for day, kind in ((0, ContactKind.GATHERING), (1, ContactKind.MAIL), (0, ContactKind.INTRODUCTION)):
            await unit.organisation_contacts.note(OrganisationContact.between(b, a, TODAY + day * DAY, kind))
        assert await unit.organisation_contacts.read(a, b) == await unit.organisation_contacts.read(b, a) == later
        assert await unit.organisation_contacts.read(a, a) is None
        await unit.organisation_contacts.forget_before(TODAY + DAY)
        assert await unit.organisation_contacts.read(a, b) == later
        await unit.organisation_contacts.forget_before(TODAY + 2 * DAY)
        assert await unit.organisation_contacts.read(a, b) is None
