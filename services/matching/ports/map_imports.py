"""Files with a map that the desk sends, as the handlers need them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.matching.domain.map_import import ImportLine, LineCount, LineQuery, MapImport


class MapImports(Protocol):
    """Files that were sent, in parts as they were read, and what they do. `get` locks, `read` and `list` do not."""

    async def add(self, sent: MapImport, content: bytes) -> None:
        """Keep a file until it is too old."""

    async def get(self, import_id: UUID) -> MapImport | None:
        """The import, locked: whoever works at it, works alone."""

    async def read(self, import_id: UUID) -> MapImport | None:
        """The import as it is now."""

    async def next_to_work_at(self) -> MapImport | None:
        """The oldest one that waits for a worker, locked; none that another worker has in hand."""

    async def save(self, sent: MapImport) -> None:
        """Take over every field. Raises ImportBusy: another one is changing the map."""

    async def read_last_taken(self) -> MapImport | None:
        """The one that was taken over last, taken back or not."""

    async def list_recent(self, limit: int) -> list[MapImport]:
        """The newest first."""

    async def add_parts(self, import_id: UUID, parts: Mapping[int, bytes]) -> None:
        """What was read, in parts from 0 on; or the table of refused rows (`REFUSED_ROWS`). Later ones replace."""

    async def read_part(self, import_id: UUID, number: int) -> bytes | None:
        """One of them, or the file as it was sent (`AS_SENT`); None: there is none, or it is too old."""

    async def add_lines(self, import_id: UUID, lines: Sequence[ImportLine]) -> None:
        """What the file says or does, in this order. Of a subject that has a line already nothing is added."""

    async def save_lines(self, import_id: UUID, lines: Sequence[ImportLine]) -> None:
        """Take over every field of these; they go by their number."""

    async def lines_of(self, import_id: UUID, subject_ids: Collection[UUID]) -> dict[UUID, ImportLine]:
        """Those about these."""

    async def rows_at(self, import_id: UUID, lines: Collection[int]) -> list[ImportLine]:
        """What is said of these rows of the file itself (`LineKind.ROW`)."""

    async def list_page(self, import_id: UUID, query: LineQuery) -> list[ImportLine]:
        """One page, in the order in which they came."""

    async def list_to_undo(self, import_id: UUID, limit: int) -> list[ImportLine]:
        """The last ones that were taken and not taken back yet, the last first."""

    async def count(self, import_id: UUID) -> list[LineCount]:
        """How many lines there are, by what they are."""

    async def forget(self, sent_before: datetime) -> None:
        """Delete files of before then with their parts, and lines but those of the last import that was taken over."""
