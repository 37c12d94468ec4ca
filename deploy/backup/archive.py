"""The two files of a backup: one of data, one of the keys that open what is sealed in it.

A file is a tar of one member for each table, as PostgreSQL's COPY writes it in text, and at the end a manifest with the
hash of each. It gets its name when it is whole.
"""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final, cast
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from deploy.install.errors import OperatorError
from shared.kernel.crash_points import crash_point

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
STAMP: Final = "%Y%m%dT%H%M%SZ"
PARTIAL: Final = ".partial"
CHUNK: Final = 1 << 20
# The text of COPY is mostly ids; the quickest level takes most of it.
LEVEL: Final = 1


class BackupDamaged(OperatorError):
    """A file of a backup is not what was written, or is not there."""


class Part(StrEnum):
    """Which of the two."""

    DATA = "data"
    KEYS = "keys"


class TableCopy(BaseModel):
    """One table, as it stands in the file."""

    model_config = ConfigDict(frozen=True)

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


class DatabaseCopy(BaseModel):
    """One service's tables: what made them, what they hold, where numbers go on, and which keys wrap its keys."""

    model_config = ConfigDict(frozen=True)

    versions: dict[str, str | None]
    tables: tuple[TableCopy, ...]
    sequences: dict[str, int] = {}
    key_ids: tuple[str, ...] = ()


class Manifest(BaseModel):
    """What a file says of itself. Both files of one backup have the same id."""

    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    id: UUID
    part: Part
    release: str
    made_at: AwareDatetime
    databases: dict[str, DatabaseCopy]


def file_of(folder: Path, part: Part, made_at: datetime) -> Path:
    """What the file of that moment is called."""
    return folder / f"schakel-{made_at.astimezone(UTC):{STAMP}}.{part}.tar.gz"


def made_at(file: Path) -> datetime | None:
    """The moment in its name; None: this is no file of ours."""
    name = file.name.removeprefix("schakel-").partition(".")[0]
    try:
        return datetime.strptime(name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def files_in(folder: Path, part: Part) -> dict[datetime, Path]:
    """Those of this part, the newest first."""
    found = {made_at(file): file for file in folder.glob(f"schakel-*.{part}.tar.gz")}
    return {moment: found[moment] for moment in sorted(filter(None, found), reverse=True)}


class Writing:
    """A file that is being made."""

    def __init__(self, tar: tarfile.TarFile, folder: Path) -> None:
        self._tar, self._folder = tar, folder

    @contextmanager
    def scratch(self) -> Iterator[BinaryIO]:
        """A file without a name, for one table: a tar wants to know its length first."""
        with tempfile.TemporaryFile(dir=self._folder) as file:
            yield cast("BinaryIO", file)

    def add(self, service: str, table: str, copied: BinaryIO) -> str:
        """Take what was copied; returns its hash."""
        copied.seek(0)
        digest = hashlib.file_digest(copied, "sha256").hexdigest()  # type: ignore[arg-type]  # any file of bytes will do
        member = tarfile.TarInfo(f"{service}/{table}")
        member.size, member.mode = copied.tell(), 0o600
        copied.seek(0)
        self._tar.addfile(member, copied)
        return digest

    def close(self, manifest: Manifest) -> None:
        """The last member."""
        told = manifest.model_dump_json(indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(told), 0o600
        self._tar.addfile(member, io.BytesIO(told))


@contextmanager
def writing(file: Path) -> Iterator[Writing]:
    """Make this file; it is there when this ends well, and on the disk."""
    handle, name = tempfile.mkstemp(prefix=f"{file.name}.", suffix=PARTIAL, dir=file.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=LEVEL) as tar:
                yield Writing(tar, file.parent)
            raw.flush()
            os.fsync(raw.fileno())
        crash_point("backup.before-name")
        partial.rename(file)
        _sync(file.parent)
    finally:
        partial.unlink(missing_ok=True)


def clear_partial(folder: Path) -> None:
    """What a backup that was killed left behind is of no use to anybody."""
    for file in folder.glob(f"schakel-*{PARTIAL}"):
        file.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def checked(file: Path) -> Manifest:
    """Read it whole and hold every table against its hash. Raises BackupDamaged."""
    try:
        with tarfile.open(file, "r:gz") as tar:
            found, manifest = {}, None
            for member in tar:
                content = tar.extractfile(member)
                if content is None:
                    continue
                if member.name == MANIFEST:
                    manifest = Manifest.model_validate_json(content.read())
                else:
                    found[member.name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    except (OSError, EOFError, tarfile.TarError, ValidationError) as problem:
        raise BackupDamaged(f"{file} cannot be read ({type(problem).__name__}): use another backup") from None
    if manifest is None or manifest.format != FORMAT or found != _hashes(manifest):
        raise BackupDamaged(f"{file} is not what was written at the time: use another backup")
    return manifest


def _hashes(manifest: Manifest) -> dict[str, str]:
    databases = manifest.databases.items()
    return {f"{service}/{table.name}": table.sha256 for service, copy in databases for table in copy.tables}


@contextmanager
def reading(file: Path) -> Iterator[tarfile.TarFile]:
    """For `table_in`."""
    with tarfile.open(file, "r:gz") as tar:
        yield tar


def table_in(tar: tarfile.TarFile, service: str, table: str) -> BinaryIO:
    """What was copied of this table."""
    content = tar.extractfile(f"{service}/{table}")
    if content is None:
        raise BackupDamaged(f"{service}/{table} is no table")
    return cast("BinaryIO", content)
