"""Given what happens in the network: who reads of it, and what waits for the desk's morning."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.notify.domain.message import MessageState
from services.notify.domain.outcome import Accepted
from shared.events import community, directory, intake
from shared.events.base import Event, Role
from shared.events.case_codes import UnusualReading
from shared.events.desk_codes import ApplicationRefusal, ChoiceReason
from tests.parts.people import listed
from tests.unit.notify import builders, network
from tests.unit.notify.builders import COLLEAGUE, CONTACT, COORDINATOR, NOW, PARTNER, POINT, SCHOOL
from tests.unit.notify.letters import written
from tests.unit.notify.twin import Notify

APPLICATION = UUID(int=60)
DESK = [listed(one, SCHOOL, Role.COORDINATOR, at=NOW) for one in (COORDINATOR, COLLEAGUE)]
ACCEPTED = network.network(
    directory.OrganisationAccepted, application_id=APPLICATION, person_id=CONTACT, accepted_by=COORDINATOR
)


def told(notify: Notify) -> list[tuple[str, UUID]]:
    return [(one.draft.mail.template, one.draft.recipient_id) for one in notify.messages()]


async def test_who_asks_to_join_is_asked_to_confirm_the_address_before_any_other_mail(notify: Notify) -> None:
    await notify.given(builders.request_received())
    await notify.given(network.network(directory.ApplicationStarted, subject=APPLICATION))

    first, *_ = await notify.claim(1)
    assert (first.draft.mail.template, first.draft.recipient_id) == ("application-started", APPLICATION)


async def test_desk_reads_of_the_network_in_its_list_of_the_next_morning(notify: Notify) -> None:
    of_the_network: list[Event] = [
        network.network(directory.OrganisationApplied, subject=APPLICATION, categories=("bike",)),
        network.network(directory.EntryProposed, proposal_id=POINT, proposed_by=CONTACT),
        network.network(directory.EntryCheckMissed, person_id=CONTACT),
        network.network(directory.EntryDoubted, person_id=CONTACT, service_ids=(POINT,)),
        network.network(directory.EntryHidden, service_ids=(POINT,)),
        network.network(
            directory.EntryReported, service_id=POINT, mistake=directory.EntryMistake.ADDRESS, doubtful=False
        ),
        network.network(
            directory.PersonLeavingBlocked, subject=CONTACT, leaves_on=date(2026, 3, 2), cases=1, questions=0
        ),
    ]
    await notify.given(*DESK, *of_the_network)
    assert {one.state for one in notify.messages()} == {MessageState.HELD}

    await notify.time_passes(timedelta(days=1))
    left = await notify.claim()
    assert [(one.draft.mail.template, len(one.parts)) for one in left] == [("desk-digest", 7)] * 2


async def test_first_person_of_an_organisation_is_welcomed_once_by_its_name(notify: Notify) -> None:
    await notify.given(directory.OrganisationListed(subject=PARTNER, occurred_at=NOW, name="Fietsenbank"))
    await notify.given(ACCEPTED, ACCEPTED)

    (welcome,) = notify.messages()
    assert welcome.draft.recipient_id == CONTACT
    text = written(welcome.draft).text
    for said in ("Wat fijn dat Fietsenbank meedoet", "Dit doen wij", "Dit vragen we van jullie", "Een nee is ook goed"):
        assert said in text


async def test_no_to_a_request_to_join_says_why_and_whom_to_call(notify: Notify) -> None:
    refused = network.network(
        directory.ApplicationRefused,
        subject=APPLICATION,
        reason=ApplicationRefusal.OUTSIDE_THE_CITY,
        refused_by=COORDINATOR,
    )
    await notify.given(refused)

    assert told(notify) == [("application-refused", APPLICATION)]
    text = written(notify.messages()[0].draft).text
    assert ("Schakel werkt alleen in deze stad." in text, "Bel het Schakelpunt: 010 000 00 00" in text) == (True, True)


async def test_colleagues_hear_of_a_new_contact_but_not_the_contact_and_who_named_it(notify: Notify) -> None:
    named = network.network(
        directory.ContactNamed,
        subject=POINT,
        organisation_id=PARTNER,
        referral_id=builders.REFERRAL,
        named_by=CONTACT,
        told=(CONTACT, COLLEAGUE, POINT),
    )
    await notify.given(named)

    assert told(notify) == [("contact-named", COLLEAGUE)]


async def test_entry_is_asked_about_again_with_another_mail(notify: Notify) -> None:
    for number in (1, 2):
        at = NOW + timedelta(days=14 * number)
        await notify.given(network.network(directory.EntryCheckDue, at, person_id=CONTACT, number=number))
        await notify.attempt(Accepted())

    subjects = [written(one.draft).subject for one in notify.messages()]
    assert subjects == ["Klopt jullie vermelding nog?", "Herinnering: klopt jullie vermelding nog?"]


async def test_who_proposed_a_change_knows_what_became_of_it(notify: Notify) -> None:
    for accepted in (True, False):
        settled = network.network(
            directory.EntryProposalSettled,
            proposal_id=UUID(int=70 + accepted),
            accepted=accepted,
            settled_by=COORDINATOR,
            proposed_by=CONTACT,
        )
        await notify.given(settled)

    yes, no = (written(one.draft).text for one in notify.messages())
    assert ("staat nu op de sociale kaart" in yes, "nam het nu niet over" in no) == (True, True)


async def test_partner_that_the_desk_chose_reads_so_and_the_ambassador_hears_who_is_asked(notify: Notify) -> None:
    chosen = builders.partner_activated(chosen_by=COORDINATOR, choice=ChoiceReason.AGREED_BY_PHONE)
    await notify.given(builders.no_partner_found(), chosen)

    states = {one.draft.mail.template: one.state for one in notify.messages()}
    assert states == {
        "nobody-found": MessageState.WITHDRAWN,
        "partner-activated": MessageState.QUEUED,
        "partner-asked": MessageState.HELD,
    }
    question = next(one for one in notify.messages() if one.draft.mail.template == "partner-activated")
    assert "Hier belden we over." in written(question.draft).text


async def test_hidden_entry_is_told_to_its_own_people_at_once_with_what_brings_it_back(notify: Notify) -> None:
    await notify.given(network.network(directory.EntryHidden, person_id=CONTACT, service_ids=(POINT,)))

    assert told(notify) == [("entry-hidden-partner", CONTACT)]
    assert "“Ja, alles klopt”" in written(notify.messages()[0].draft).text


def much_read(by: UUID) -> intake.UnusualReadingFound:
    return network.network(
        intake.UnusualReadingFound, subject=by, kind=UnusualReading.MANY_FILES, families=31, since=NOW
    )


async def test_unusual_reading_is_told_at_once_to_the_desk_but_not_to_whoever_read(notify: Notify) -> None:
    await notify.given(*DESK, much_read(COORDINATOR))
    assert told(notify) == [("unusual-reading", COLLEAGUE)]
    assert notify.messages()[0].state is MessageState.QUEUED

    await notify.given(much_read(CONTACT))
    assert [who for _, who in told(notify)] == [COLLEAGUE, COORDINATOR, COLLEAGUE]


async def test_of_the_only_coordinator_the_operators_hear(notify: Notify) -> None:
    operator = listed(CONTACT, SCHOOL, Role.OPERATOR, at=NOW)
    await notify.given(DESK[0], operator, much_read(COORDINATOR))
    assert told(notify) == [("unusual-reading", CONTACT)]


async def test_desk_hears_at_once_of_a_place_that_came_free_too_late(notify: Notify) -> None:
    seat, gathering = UUID(int=70), UUID(int=71)
    await notify.given(*DESK, network.network(community.SeatVacated, subject=seat, gathering_id=gathering))

    mails = await notify.claim()
    assert [one.draft.recipient_id for one in mails] == [COORDINATOR, COLLEAGUE]
    assert f"/bijeenkomsten/{gathering}/deelnemers" in written(mails[0].draft).text


async def test_host_is_asked_and_desk_hears_that_one_is_missing(notify: Notify) -> None:
    turn, gathering, when = UUID(int=72), UUID(int=71), NOW + timedelta(days=7)
    await notify.given(*DESK[:1], listed(CONTACT, PARTNER, Role.PARTNER, at=NOW))
    fact: Any = {"subject": turn, "gathering_id": gathering, "person_id": CONTACT, "starts_at": when}
    await notify.given(
        network.network(community.HostTurnProposed, **fact, answer_by=when),
        network.network(community.HostTurnAccepted, subject=turn, gathering_id=gathering, person_id=CONTACT),
        network.network(community.HostReminderDue, subject=turn, gathering_id=gathering, person_id=CONTACT, days=7),
        network.network(community.HostTurnMoved, **fact),
        network.network(community.HostTurnRevoked, **fact),
        network.network(
            community.HostTurnSwapped, subject=turn, gathering_id=gathering, person_id=CONTACT, with_id=COORDINATOR
        ),
        network.network(community.NoHostFound, subject=gathering, starts_at=when),
    )

    assert told(notify) == [
        ("host-asked", CONTACT), ("host-accepted", CONTACT), ("host-reminder", CONTACT), ("host-moved", CONTACT),
        ("host-called-off", CONTACT), ("host-swapped", CONTACT), ("host-missing", COORDINATOR),
    ]  # fmt: skip
    asked, *_, missing = notify.messages()
    assert "/bijeenkomsten/gastheer" in written(asked.draft).text
    assert f"/bijeenkomsten/{gathering}" in written(missing.draft).text


async def test_who_is_invited_is_asked_and_once_more(notify: Notify) -> None:
    fact: Any = {"subject": UUID(int=73), "gathering_id": UUID(int=71), "person_id": CONTACT}
    await notify.given(
        listed(CONTACT, PARTNER, Role.PARTNER, at=NOW),
        network.network(community.PersonInvited, **fact),
        network.network(community.InvitationReminderDue, NOW + timedelta(days=5), **fact),
    )

    assert told(notify) == [("invited", CONTACT), ("invited-again", CONTACT)]


async def test_report_goes_to_whoever_signed_up(notify: Notify) -> None:
    seat = UUID(int=70)
    await notify.given(network.network(community.SeatReported, subject=seat, gathering_id=UUID(int=71)))

    assert told(notify) == [("seat-report", seat)]


async def test_report_goes_to_whoever_hosted_or_told_from_experience(notify: Notify) -> None:
    await notify.given(
        listed(CONTACT, PARTNER, Role.PARTNER, at=NOW),
        network.network(community.ReportShared, subject=UUID(int=71), person_id=CONTACT),
    )

    assert told(notify) == [("gathering-report", CONTACT)]
    assert f"/bijeenkomsten/{UUID(int=71)}" in written(notify.messages()[0].draft).text


async def test_desk_is_asked_how_it_goes_with_what_was_agreed(notify: Notify) -> None:
    await notify.given(*DESK[:1], network.network(community.OutcomeDue, subject=POINT, gathering_id=UUID(int=71)))

    assert told(notify) == [("outcome-due", COORDINATOR)]
    assert f"/bijeenkomsten/ronde/{POINT}" in written(notify.messages()[0].draft).text
