"""The backup that is to be put back, held against what is there before anything is touched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from deploy.backup.archive import BackupDamaged, Manifest, Part, checked, files_in
from deploy.backup.gate import connect
from deploy.backup.making import versions_of
from deploy.install.deployments import Deployment
from deploy.install.errors import OperatorError
from deploy.install.key_store import KINDS
from deploy.install.provision import ServiceDatabase


class DoesNotFit(OperatorError):
    """This backup cannot be put back here."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Both files, and what they say. `keys` is None when there is no file of keys."""

    data_file: Path
    keys_file: Path | None
    data: Manifest
    keys: Manifest | None


def choose(folder: Path, at: datetime | None, *, without_keys: bool) -> Chosen:
    """That of this moment, else the newest. Raises BackupDamaged."""
    files = files_in(folder, Part.DATA)
    if not files or (at is not None and at not in files):
        there = ", ".join(f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in files) or "none"
        raise BackupDamaged(f"there is no such backup in {folder}; there are: {there}")
    moment = at or next(iter(files))
    keys_file = files_in(folder, Part.KEYS).get(moment)
    if without_keys:
        keys_file = None
    elif keys_file is None:
        msg = (
            f"the file of keys of {files[moment].name} is not in {folder}: put it there, or add --without-keys "
            "(then nothing of families can be read any more)"
        )
        raise BackupDamaged(msg)
    data, keys = checked(files[moment]), checked(keys_file) if keys_file else None
    if keys is not None and (keys.id != data.id or (data.part, keys.part) != (Part.DATA, Part.KEYS)):
        raise BackupDamaged(f"{files[moment].name} and its keys are of two backups: use another")
    return Chosen(files[moment], keys_file, data, keys)


async def must_fit(chosen: Chosen, found: Deployment) -> None:
    """The same services, the same tables, and every wrapping key is there. Raises DoesNotFit."""
    there, needed = set(found.databases), set(chosen.data.databases)
    if there != needed:
        raise DoesNotFit(
            f"the backup holds {_names(needed)}, and {found.place} is {_names(there)}: they must be the same"
        )
    for name, database in found.databases.items():
        await _same_tables(name, database, chosen.data)
    if chosen.keys is not None:
        _has_keys(chosen.keys, found.environ)


def _names(services: set[str]) -> str:
    return ", ".join(sorted(services))


async def _same_tables(name: str, database: ServiceDatabase, manifest: Manifest) -> None:
    connection = await connect(database)
    try:
        here = await versions_of(connection)
    finally:
        await connection.close()
    if here != manifest.databases[name].versions:
        msg = (
            f"{name}: the tables are of another version than the backup, which release {manifest.release} made: "
            f"install release {manifest.release}, put the backup back, then upgrade"
        )
        raise DoesNotFit(msg)


def _has_keys(keys: Manifest, environ: Mapping[str, Mapping[str, str]]) -> None:
    for word, kind in KINDS.items():
        needed = keys.databases[kind.service].key_ids
        lines = environ[kind.service].get(kind.setting, "").splitlines()
        here = {kind.sealing([line]).newest_id.hex() for line in lines}
        if missing := set(needed) - here:
            msg = (
                f"the keys in the backup need {len(missing)} wrapping key that is not here any more: take it from "
                f"the copy of the secrets of that day with `schakel keys bring-back {word} FILE`"
            )
            raise DoesNotFit(msg)
