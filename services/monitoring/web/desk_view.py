"""A point, a person and a note as pages of the desk show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.points import call_of
from services.monitoring.domain.postponing import may_wait
from services.monitoring.domain.watch import Watch
from services.monitoring.web.case_file import CaseFile
from services.monitoring.web.words import Words
from shared.events.http import KnownPerson
from shared.events.monitoring import EscalationReason

SOMEBODY = "Een collega"


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom to call: as what, who, where, and by which number; without a name the book could not be asked."""

    part: str
    name: str | None
    where: str | None = None
    phone: str | None = None
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class PointView:
    """One open point: what is the matter, what to do, whom to call, and who has it."""

    point: Escalation
    title: str
    advice: str
    call: Caller | None
    owner: str | None
    is_mine: bool
    may_wait: bool
    waits_until: date | None
    need_path: str | None
    together: str | None


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note with who wrote it."""

    note_id: UUID
    words: str
    author: str
    at: datetime
    pinned: bool


def show_point(file: CaseFile, point: Escalation, reader_id: UUID, said: Words) -> PointView:
    """For this reader."""
    watch = file.watch
    title, advice = said.reason(point.reason)
    about_need = point.reason is EscalationReason.NO_PARTNER_FOUND and point.about.need_id
    school = watch.organisation_id
    return PointView(
        point=point,
        title=title,
        advice=advice,
        call=_caller(file, point, said),
        owner=(file.names.get(point.owner_id) or SOMEBODY) if point.owner_id else None,
        is_mine=point.owner_id == reader_id,
        may_wait=may_wait(watch, point),
        waits_until=point.waits_until,
        need_path=f"/doorverwijzingen/hulpvraag/{point.about.need_id}" if about_need else None,
        together=f"/bord/samen?reden={point.reason}&van={school}" if point.reason in file.shared_causes else None,
    )


def show_callers(file: CaseFile, said: Words) -> list[Caller]:
    """Everybody around the family: its contact, who reads along at the school, and the contacts of partners."""
    watch = file.watch
    school = file.organisations.get(watch.organisation_id) if watch.organisation_id else None
    found = [_ambassador(file, said)] if watch.ambassador_id else []
    if watch.second_reader_id:
        found.append(_person("Leest mee", file.people.get(watch.second_reader_id), school))
    for referral in watch.referrals.values():
        if referral.is_live:
            partner = file.organisations.get(referral.organisation_id)
            found.append(_person("Partner", file.people.get(referral.contact_id), partner))
    return list(dict.fromkeys(found))


def show_notes(file: CaseFile) -> list[NoteView]:
    """Pinned ones first, then the newest."""
    return [
        NoteView(one.note_id, one.words, file.names.get(one.written_by, SOMEBODY), one.written_at, one.pinned)
        for one in file.notes
    ]


def colleagues_of(file: CaseFile, reader_id: UUID) -> list[tuple[str, str]]:
    """To whom this reader can hand a point over, as id and name; nobody when names cannot be asked now."""
    named = {one: file.names[one] for one in file.colleagues if one in file.names and one != reader_id}
    return sorted(((str(one), name) for one, name in named.items()), key=lambda pair: (pair[1], pair[0]))


def points_in_order(watch: Watch) -> Sequence[Escalation]:
    """What can be done now first; of those what was brought up most often, then what waits longest."""
    return sorted(
        watch.open_escalations, key=lambda one: (one.is_waiting, not one.loses_sight, -one.level, one.raised_at)
    )


def _caller(file: CaseFile, point: Escalation, said: Words) -> Caller | None:
    person_id = call_of(file.watch, point)
    if person_id is None:
        return None
    if person_id == file.watch.ambassador_id:
        return _ambassador(file, said)
    partner = _organisation_of(file, point)
    return _person("Partner", file.people.get(person_id), partner)


def _organisation_of(file: CaseFile, point: Escalation) -> str | None:
    referral = file.watch.referrals.get(point.about.referral_id) if point.about.referral_id else None
    return file.organisations.get(referral.organisation_id) if referral else None


def _ambassador(file: CaseFile, said: Words) -> Caller:
    watch = file.watch
    school = file.organisations.get(watch.organisation_id) if watch.organisation_id else None
    known: Mapping[UUID, KnownPerson] = file.people
    return _person(said.ambassador(), known.get(watch.ambassador_id) if watch.ambassador_id else None, school)


def _person(part: str, person: KnownPerson | None, where: str | None) -> Caller:
    if person is None:
        return Caller(part, None, where)
    return Caller(part, person.name, where or ", ".join(person.organisations) or None, person.phone, person.away_until)
