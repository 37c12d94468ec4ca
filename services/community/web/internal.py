"""For notify only: what a mail about a seat or a gathering needs, made at the moment of sending."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Depends

from services.community.domain.gathering import Gathering
from services.community.domain.place import Place
from services.community.handlers.appointment_letters import OF_APPOINTMENTS, prepare_appointment_letter
from services.community.handlers.follow_letters import FollowLetter, prepare_follow_letter
from services.community.handlers.gathering_letters import prepare_gathering_letter
from services.community.handlers.letters import SeatLetter, prepare_letter
from services.community.handlers.reports import has_heard_of_report
from services.community.handlers.sparring_letters import prepare_sparring_letter
from services.community.web.company_letters import OF_COMPANY, company_letter
from services.community.web.dependencies import Dependencies, TheDependencies, Unit
from services.community.web.endorsement_letters import endorsement_letter
from services.community.web.reaches import BASE
from services.community.web.reaches_of_sparring import ANSWERED_AT
from services.community.web.words import REASONS
from shared.events.follow_letters import FOLLOW_LETTERS, FollowLetterAnswer, FollowLetterQuestion, FollowOccasion
from shared.events.gathering_letters import (
    GATHERING_LETTERS,
    SEAT_LETTERS,
    CalendarMethod,
    GatheringDetails,
    GatheringLetterAnswer,
    GatheringLetterQuestion,
    GatheringOccasion,
    SeatLetterAnswer,
    SeatLetterQuestion,
    SeatOccasion,
)
from shared.events.sparring_letters import SPARRING_LETTERS, SparringLetterAnswer, SparringLetterQuestion
from shared.web.app import Web
from shared.web.dependencies import TheWeb
from shared.web.internal import called_by

router = APIRouter()
ENTERS: Final = frozenset({SeatOccasion.PLACE, SeatOccasion.MOVED})
REPORTS: Final = frozenset({SeatOccasion.REPORT})
LEAVES: Final = frozenset({SeatOccasion.CALLED_OFF, SeatOccasion.CANCELLED})


@router.post(SEAT_LETTERS)
async def seat_letters(
    question: SeatLetterQuestion,
    web: TheWeb,
    dependencies: TheDependencies,
    _caller: Annotated[str, Depends(called_by("notify"))],
    unit: Unit,
) -> SeatLetterAnswer:
    """Where it goes and what it says; or that it is no longer needed."""
    if question.occasion in OF_APPOINTMENTS:
        return await _of_appointment(question, web, dependencies, unit)
    letter = await prepare_letter(question.seat_id, question.occasion, unit)
    if letter is None:
        return SeatLetterAnswer(state="no-longer-needed")
    method = _method(question.occasion, letter)
    return SeatLetterAnswer(
        state="deliver",
        address=letter.sign_up.email,
        name=letter.sign_up.name,
        link=f"{web.public_url}{_opens(question.occasion, letter)}",
        gathering=_details(
            letter.gathering,
            letter.place,
            report=letter.gathering.report if question.occasion in REPORTS else "",
            programme=letter.programme,
        ),
        calendar_method=method,
        calendar=_calendar(letter, method, dependencies, unit) if method else "",
    )


@router.post(GATHERING_LETTERS)
async def gathering_letters(
    question: GatheringLetterQuestion,
    web: TheWeb,
    dependencies: TheDependencies,
    _caller: Annotated[str, Depends(called_by("notify"))],
    unit: Unit,
) -> GatheringLetterAnswer:
    """What it says, and what the reader's calendar does; or that it is no longer needed."""
    if question.occasion in OF_COMPANY:
        return await company_letter(question, dependencies.calendars, unit)
    letter = await prepare_gathering_letter(question.about_id, question.occasion, question.reader, unit)
    if letter is None:
        return GatheringLetterAnswer(state="no-longer-needed")
    calendar = b""
    if letter.method:
        calendar = dependencies.calendars.write(
            letter.gathering, letter.place, letter.method, unit.now, reader=question.reader, revision=letter.revision
        )
    report = letter.gathering.report if question.occasion is GatheringOccasion.REPORT else ""
    opens = f"{letter.gathering.id}/verslag" if report else f"uitnodiging/{letter.token}" if letter.token else ""
    details = _details(letter.gathering, letter.place, report=report, coming=letter.coming, programme=letter.programme)
    return GatheringLetterAnswer(
        state="deliver",
        link=f"{web.public_url}{BASE}/{opens}" if opens else None,
        gathering=details,
        calendar_method=letter.method,
        calendar=calendar.decode(),
    )


@router.post(FOLLOW_LETTERS)
async def follow_letters(
    question: FollowLetterQuestion,
    web: TheWeb,
    _caller: Annotated[str, Depends(called_by("notify"))],
    unit: Unit,
) -> FollowLetterAnswer:
    """Where it goes or to whom, and what it says; or that it is no longer needed."""
    if question.occasion is FollowOccasion.ENDORSEMENT:
        return await endorsement_letter(question.follower_id, web.public_url, unit)
    letter = await prepare_follow_letter(question.follower_id, question.gathering_id, question.occasion, unit)
    if letter is None or await _has_heard(question, letter, unit):
        return FollowLetterAnswer(state="no-longer-needed")
    own, gathering = f"{web.public_url}{BASE}/volgen/{letter.token}", letter.gathering
    is_report = question.occasion is FollowOccasion.REPORTED
    page = f"{web.public_url}{BASE}/{gathering.id}{'/verslag' if is_report else ''}" if gathering else own
    report = gathering.report if gathering and is_report else ""
    return FollowLetterAnswer(
        state="deliver",
        address=letter.email,
        person_id=letter.person_id,
        link=page,
        stop=own,
        gathering=_details(gathering, letter.place, report=report, programme=letter.programme) if gathering else None,
    )


@router.post(SPARRING_LETTERS)
async def sparring_letters(
    question: SparringLetterQuestion,
    web: TheWeb,
    _caller: Annotated[str, Depends(called_by("notify"))],
    unit: Unit,
) -> SparringLetterAnswer:
    """What is asked, and where it is answered; or that it is no longer needed."""
    letter = await prepare_sparring_letter(question.ask_id, unit)
    if letter is None:
        return SparringLetterAnswer(state="no-longer-needed")
    link = f"{web.public_url}{ANSWERED_AT}/{letter.token}"
    return SparringLetterAnswer(state="deliver", link=link, question=letter.question)


async def _has_heard(question: FollowLetterQuestion, letter: FollowLetter, unit: Unit) -> bool:
    """Of the report, by the same address without the account."""
    if question.occasion is not FollowOccasion.REPORTED or not question.reader or letter.gathering is None:
        return False
    return await has_heard_of_report(letter.gathering, question.reader, unit)


async def _of_appointment(
    question: SeatLetterQuestion, web: Web, dependencies: Dependencies, unit: Unit
) -> SeatLetterAnswer:
    about_id = question.about_id or question.seat_id
    letter = await prepare_appointment_letter(question.seat_id, about_id, question.occasion, unit)
    if letter is None:
        return SeatLetterAnswer(state="no-longer-needed")
    found, calendar = letter.appointment, b""
    if letter.method:
        calendar = dependencies.calendars.write_appointment(
            found, letter.gathering, letter.method, unit.now, reader=letter.reader.email
        )
    return SeatLetterAnswer(
        state="deliver",
        address=letter.reader.email,
        name=letter.reader.name,
        link=f"{web.public_url}{BASE}/plek/{letter.token}/afspraken",
        gathering=GatheringDetails(
            title=f"Vervolgafspraak met {letter.other.name}",
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            place=found.place,
        ),
        calendar_method=letter.method,
        calendar=calendar.decode(),
    )


def _details(
    gathering: Gathering, place: Place | None, *, report: str = "", coming: int = 0, programme: Sequence[str] = ()
) -> GatheringDetails:
    details, because = gathering.details, gathering.cancelled_because
    return GatheringDetails(
        title=details.title,
        starts_at=details.starts_at,
        ends_at=details.ends_at,
        place=f"{place.name}, {place.address}" if place else "",
        contact=f"{details.contact_name}: {details.contact_phone}",
        reason=REASONS[because] if because else "",
        programme="\n".join(programme),
        report=report,
        coming=coming,
    )


def _opens(occasion: SeatOccasion, letter: SeatLetter) -> str:
    is_report = occasion is SeatOccasion.REPORT
    return f"{BASE}/{letter.gathering.id}/verslag" if is_report else f"{BASE}/plek/{letter.token}"


def _method(occasion: SeatOccasion, letter: SeatLetter) -> CalendarMethod | None:
    """Only what is or was in the reader's calendar: nobody on the waiting list finds it there."""
    if not letter.seat.in_calendar:
        return None
    if occasion in ENTERS:
        return CalendarMethod.REQUEST
    return CalendarMethod.CANCEL if occasion in LEAVES else None


def _calendar(letter: SeatLetter, method: CalendarMethod, dependencies: Dependencies, unit: Unit) -> str:
    return dependencies.calendars.write(
        letter.gathering,
        letter.place,
        method,
        unit.now,
        reader=letter.sign_up.email,
        revision=letter.seat.revision,
    ).decode()
