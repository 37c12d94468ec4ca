"""Intake's vault in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.intake.domain.audited import Act
from services.intake.domain.dossier import Dossier, Fact, NeedWords, Note, NoteKind
from services.intake.domain.errors import UnknownCase
from services.intake.domain.rules import Viewer
from services.intake.store.readings import record_act, record_notes, record_reading
from tests.twins.intake_family import InMemoryFamilyDoor, InMemoryFamilyVoice
from tests.twins.intake_same_child import InMemorySameChildren
from tests.twins.tables import MemoryTables
from tests.twins.unit_of_work import MemoryUnit


class InMemoryVault:
    """The vault in a dict: nothing is sealed, but every reading is written down."""

    def __init__(self, tables: MemoryTables, unit: MemoryUnit) -> None:
        self._rows: dict[UUID, Dossier] = tables.table("vault")
        self._unit = unit
        self._tables = tables

    async def add(self, dossiers: Sequence[Dossier], marks: Mapping[UUID, bytes] | None = None) -> None:
        self._tables.table("child_marks").update(marks or {})
        for dossier in dossiers:
            self._rows[dossier.case_id] = Dossier(dossier.case_id, dict(dossier.facts), dict(dossier.needs))

    async def rewrite(self, dossier: Dossier, facts: Collection[Fact], *, words_kept: Collection[UUID] = ()) -> None:
        old = self._known(dossier.case_id)
        kept = {fact: value for fact, value in old.facts.items() if fact not in facts}
        told = {fact: value for fact, value in dossier.facts.items() if fact in facts}
        needs = {need_id: said for need_id, said in old.needs.items() if need_id in words_kept}
        new = {need_id: said for need_id, said in dossier.needs.items() if said != NeedWords()}
        self._rows[dossier.case_id] = Dossier(dossier.case_id, kept | told, needs | new, old.notes)

    async def tell(self, case_id: UUID, facts: Mapping[Fact, str | None]) -> set[Fact]:
        old = self._known(case_id)
        other = {fact for fact, value in facts.items() if (value or None) != old.facts.get(fact)}
        told = {fact: value for fact, value in {**old.facts, **facts}.items() if value}
        self._rows[case_id] = replace(old, facts=told)
        return other

    async def keep_note(self, note: Note) -> None:
        old = self._known(note.case_id)
        notes = [each for each in old.notes if each.id != note.id]
        inorder = sorted([*notes, note] if note.words else notes, key=lambda each: (each.written_at, each.id))
        self._rows[note.case_id] = replace(old, notes=tuple(inorder))

    def _known(self, case_id: UUID) -> Dossier:
        if case_id not in self._rows:
            raise UnknownCase
        return self._rows[case_id]

    async def open(
        self, case_id: UUID, facts: Collection[Fact], viewer: Viewer | None, why: str, *, words: bool
    ) -> Dossier:
        row = self._known(case_id)
        record_reading(self._unit.audit, case_id, facts, viewer, why, words=words)
        opened = {fact: value for fact, value in row.facts.items() if fact in facts}
        return Dossier(case_id, opened, dict(row.needs), row.notes) if words else Dossier(case_id, opened)

    async def open_need(self, case_id: UUID, need_id: UUID, viewer: Viewer, why: str) -> str | None:
        said = self._known(case_id).needs.get(need_id)
        record_reading(self._unit.audit, case_id, [], viewer, why, words=False, also=("words",))
        return said.words if said else None

    async def open_names(self, case_ids: Collection[UUID], viewer: Viewer, why: str) -> dict[UUID, Dossier]:
        called = (Fact.FIRST_NAME, Fact.PREFERRED_NAME)
        there = sorted(set(case_ids) & self._rows.keys())
        return {each: await self.open(each, called, viewer, why, words=False) for each in there}

    async def read_birth_dates(self, case_ids: Collection[UUID]) -> dict[UUID, date]:
        there = sorted(set(case_ids) & self._rows.keys())
        return {each: born for each in there if (born := self._rows[each].born)}

    async def open_notes(self, kind: NoteKind, viewer: Viewer, why: str) -> list[Note]:
        notes = [note for row in self._rows.values() for note in row.notes if note.kind is kind]
        for note in notes:
            record_notes(self._unit.audit, note.case_id, viewer, why)
        return sorted(notes, key=lambda each: (each.written_at, each.id))

    async def record(self, case_ids: Collection[UUID], act: Act, by: UUID) -> None:
        for case_id in case_ids:
            record_act(self._unit.audit, case_id, act, by)

    async def forget(self, case_id: UUID) -> None:
        self._rows.pop(case_id, None)
        await InMemoryFamilyDoor(self._tables, self._unit.now).take_away(case_id)
        InMemoryFamilyVoice(self._tables).forget(case_id)
        InMemorySameChildren(self._tables).forget(case_id)
