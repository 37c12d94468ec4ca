"""What intake's handlers need. Real: `store.repositories`; twin: `tests.twins.intake`; one conformance suite for both.

`get` locks what it reads until the transaction ends; `read` and `list…` do not.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from services.intake.domain.api_key import ApiKey
from services.intake.domain.audited import Act
from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.dossier import Dossier, Fact, Note, NoteKind
from services.intake.domain.listing import CaseSearch, Position
from services.intake.domain.progress import NeedProgress
from services.intake.domain.rules import Viewer
from services.intake.domain.timeline import TimelineEntry
from services.intake.ports.alike import AlikeFamilies
from services.intake.ports.consents import AcceptedReferrals, ConsentRepository
from services.intake.ports.drafts import Drafts
from services.intake.ports.erasing import Ledger, Unconfirmations
from services.intake.ports.family import FamilyDoor, FamilyVoice
from services.intake.ports.readers import Readers
from services.intake.ports.same_child import ChildMarks, SameChildren
from services.intake.ports.signals import Signals
from services.intake.ports.trainings import Trainings
from shared.access.limits import KeptLimits
from shared.access.members import Members
from shared.access.replies import Replies
from shared.events.base import CaseCode, Code
from shared.privacy.marks import Marks
from shared.unit_of_work import UnitOfWork


class Cases(Protocol):
    """The cases, without a fact that tells who they are about."""

    async def add(self, cases: Sequence[Case]) -> set[UUID]:
        """Store new cases; returns the ids of those that were not stored, because their code is taken."""

    async def get(self, case_id: UUID) -> Case | None:
        """One case, to change it."""

    async def read(self, case_id: UUID) -> Case | None:
        """One case, to show it."""

    async def get_household(self, household_id: UUID) -> list[Case]:
        """All cases of one family, by id, to change them."""

    async def list_household(self, household_id: UUID) -> list[Case]:
        """All cases of one family, by id, to show them."""

    async def save(self, case: Case) -> None:
        """Store what changed."""

    async def find(self, search: CaseSearch, after: Position | None, limit: int) -> list[Case]:
        """Those that are looked for, in the order of the search, from behind this position on."""

    async def count(self, search: CaseSearch) -> dict[CaseState, int]:
        """How many there are in each state in which there is one."""

    async def list_ended(self, state: CaseState, limit: int) -> list[UUID]:
        """Those in this state of which no day of erasing is set; that are in it longest, first."""

    async def list_due(self, day: date, limit: int) -> list[UUID]:
        """Those that are to be erased on this day or before it."""

    async def list_growing(self, after: UUID | None, limit: int) -> list[UUID]:
        """Open ones in which not the young person alone consented, by id from behind this one on."""

    async def list_erasing(self, limit: int) -> list[UUID]:
        """Those that are being erased."""

    async def forget(self, case_id: UUID) -> None:
        """Delete it."""


class Vault(Protocol):
    """Everything that tells who the child and the family are, sealed with one key per case."""

    async def add(self, dossiers: Sequence[Dossier], marks: Mapping[UUID, bytes] | None = None) -> None:
        """Store new dossiers, each with a new key; `marks`: those of the children, by case (`ports.same_child`)."""

    async def rewrite(self, dossier: Dossier, facts: Collection[Fact], *, words_kept: Collection[UUID] = ()) -> None:
        """Store these facts of a known case as the dossier has them, and its words in place of all words.

        One of these facts that the dossier does not have is emptied; other facts stay as they are, and so do the words
        of the needs in `words_kept`.
        """

    async def open(
        self, case_id: UUID, facts: Collection[Fact], viewer: Viewer | None, why: str, *, words: bool
    ) -> Dossier:
        """These facts, and all notes and what was said of the needs when asked for; records who read what and why.

        `viewer`: None is the family itself, on its own page.
        """

    async def open_need(self, case_id: UUID, need_id: UUID, viewer: Viewer, why: str) -> str | None:
        """What the family said of one need, in its own words; records who read that and why."""

    async def open_names(self, case_ids: Collection[UUID], viewer: Viewer, why: str) -> dict[UUID, Dossier]:
        """What many children are called, in one go; each is a reading of its own. Erased ones are absent."""

    async def read_birth_dates(self, case_ids: Collection[UUID]) -> dict[UUID, date]:
        """For the machine, which counts years and shows them to nobody: no line is written. Without the unborn."""

    async def tell(self, case_id: UUID, facts: Mapping[Fact, str | None]) -> set[Fact]:
        """Store these facts of a known case; None empties one. Returns those that are other than before."""

    async def keep_note(self, note: Note) -> None:
        """Store a note, in place of an earlier one of the same id; one without words is taken back."""

    async def open_notes(self, kind: NoteKind, viewer: Viewer, why: str) -> list[Note]:
        """The notes of this kind of all cases, oldest first; each is a reading of its own."""

    async def record(self, case_ids: Collection[UUID], act: Act, by: UUID) -> None:
        """A line in the audit log for each of these cases: this was done with it."""

    async def forget(self, case_id: UUID) -> None:
        """Destroy the case's key and everything sealed with it."""


class Network(Protocol):
    """What matching publishes of the network: the read model."""

    async def save_organisation(self, organisation_id: UUID, name: str, kind: Code | None = None) -> None:
        """It is on the map, or its name or kind changed."""

    async def save_service(self, service_id: UUID, organisation_id: UUID, name: str) -> None:
        """It is on the map, or its entry changed."""

    async def read_names(self, ids: Collection[UUID]) -> dict[UUID, str]:
        """The public names of those of these organisations and services that are known."""

    async def read_kind(self, organisation_id: UUID) -> Code | None:
        """What kind of organisation it is; None: nobody said."""

    async def list_organisations(self) -> dict[UUID, str]:
        """All organisations, in the order of their names."""


class Timeline(Protocol):
    """What happened with a case, and where each need stands: the read model of the other services' facts."""

    async def add(self, entry: TimelineEntry) -> None:
        """One line more, in place of an earlier one of the same id."""

    async def forget_plans(self, case_id: UUID) -> None:
        """Remove the follow-ups that were planned: they are not coming, or are planned anew."""

    async def list_entries(self, case_id: UUID) -> list[TimelineEntry]:
        """A case's lines, oldest first."""

    async def save_progress(self, progress: NeedProgress) -> None:
        """Where a need stands now."""

    async def read_progress(self, case_ids: Collection[UUID]) -> dict[UUID, list[NeedProgress]]:
        """Per case what is known of its needs; a need that nothing is known of is absent."""

    async def forget(self, case_id: UUID) -> None:
        """Remove everything of this case."""


class ApiKeys(Protocol):
    """The schools' API keys."""

    async def add(self, key: ApiKey) -> None:
        """A new one."""

    async def read_by_hash(self, key_hash: bytes) -> ApiKey | None:
        """The key with this hash, also when it is revoked."""

    async def get(self, key_id: UUID) -> ApiKey | None:
        """One key, to change it."""

    async def save(self, key: ApiKey) -> None:
        """Store what changed."""

    async def list_all(self) -> list[ApiKey]:
        """All, oldest first."""


class Codes(Protocol):
    """Chance, for case codes."""

    def new(self) -> CaseCode:
        """A code such as `K7QF-3XHA`, readable aloud; it may be taken already."""


class IntakeUnit(UnitOfWork, Protocol):
    """One transaction of intake."""

    @property
    def cases(self) -> Cases: ...
    @property
    def vault(self) -> Vault: ...
    @property
    def limits(self) -> KeptLimits: ...
    @property
    def members(self) -> Members:
        """Who is in the network and may do what."""

    @property
    def network(self) -> Network: ...
    @property
    def timeline(self) -> Timeline: ...
    @property
    def keys(self) -> ApiKeys: ...
    @property
    def consents(self) -> ConsentRepository: ...
    @property
    def accepted(self) -> AcceptedReferrals: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def signals(self) -> Signals: ...
    @property
    def trainings(self) -> Trainings: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def unconfirmed(self) -> Unconfirmations: ...
    @property
    def readers(self) -> Readers: ...
    @property
    def family_door(self) -> FamilyDoor: ...
    @property
    def family_voice(self) -> FamilyVoice: ...
    @property
    def alike(self) -> AlikeFamilies: ...
    @property
    def same_children(self) -> SameChildren: ...
    @property
    def child_marks(self) -> ChildMarks: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def replies(self) -> Replies: ...
