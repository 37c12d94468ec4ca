"""`keys rotate` and `keys bring-back`: a key is replaced while Schakel runs."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.databases import DataOption
from deploy.cli.screen import good, run_async, say, screen
from deploy.install.errors import OperatorError

if TYPE_CHECKING:
    from deploy.install.key_store import KeyKind, KeyStore

KindArgument = Annotated[str, typer.Argument(help="Which key: vault, codes or seats.")]
AnyKind = Annotated[
    str,
    typer.Argument(help="Which key: vault, codes or seats; or sessions (of people), systems (of schools) or services."),
]


@run_async
async def rotate(
    kind: AnyKind,
    *,
    data: DataOption = None,
    at_once: Annotated[
        bool,
        typer.Option("--at-once", help="Of sessions, systems and services: what the old key signed ends now."),
    ] = False,
) -> None:
    """Replace a key by a new one while Schakel runs. Nobody notices, and it may be broken off.

    What vault, codes and seats wrapped is wrapped anew. Backups of before need the old key: keep a copy of the secrets
    of that day as long as those backups. What the others signed is accepted until it ends by itself.
    """
    from deploy.install.key_rings import ROTATED

    if kind in ROTATED:
        _rotate_ring(kind, data, at_once=at_once)
    else:
        await _rotate_wrapping(kind, data)


def _rotate_ring(kind: str, data: Path | None, *, at_once: bool) -> None:
    from datetime import UTC, datetime

    from deploy.install.key_rings import rotate_rings

    until = rotate_rings(_ring_folder(data), kind, datetime.now(UTC), at_once=at_once)
    good(f"new keys for {kind}; what the old ones signed is accepted until {until:%Y-%m-%d %H:%M} UTC")


def _ring_folder(data: Path | None) -> Path:
    from deploy.cli.target import FOLDER
    from deploy.embedded.deployment import key_folder
    from deploy.install.key_store import FOLDER as SECRETS

    given = os.environ.get(SECRETS)
    return Path(given) if data is None and given else key_folder(data or FOLDER)


async def _rotate_wrapping(kind: str, data: Path | None) -> None:
    from rich.progress import Progress

    from deploy.cli.target import deployment
    from deploy.install.rotation import rotate as replace

    chosen, store = _chosen(kind, data)
    async with deployment(data) as found:
        with Progress(console=screen(), transient=True, disable=not screen().is_terminal) as shown:
            task = shown.add_task(kind, total=None)
            count = await replace(
                chosen,
                found.databases[chosen.service].owner_url,
                store,
                lambda done, total: shown.update(task, completed=done, total=total),
            )
    good(f"{kind}: a new key is in use, {count} keys were wrapped anew, and the old one is gone")
    say("copy the secrets, and make a backup: those of before open with the secrets of before only")


@run_async
async def bring_back(
    kind: KindArgument,
    file: Annotated[Path, typer.Argument(help="A copy of secrets.json, or of the file of this key.", exists=True)],
    *,
    data: DataOption = None,
) -> None:
    """Take an older key from a copy of the secrets, behind the one in use, so that a backup of then can be put back."""
    from deploy.install.rotation import keys_in

    chosen, store = _chosen(kind, data)
    kept = store.read(chosen)
    new = [key for key in keys_in(file, chosen) if key not in kept]
    if new:
        store.write(chosen, [*kept, *new])
    good(f"{kind}: {len(new)} older keys are back; after the restore, `schakel keys rotate {kind}` removes them")


def _chosen(kind: str, data: Path | None) -> "tuple[KeyKind, KeyStore]":
    from deploy.cli.target import FOLDER
    from deploy.embedded.deployment import key_store as embedded
    from deploy.install.compose_secrets import key_store as compose
    from deploy.install.key_rings import ROTATED
    from deploy.install.key_store import FOLDER as SECRETS
    from deploy.install.key_store import KINDS

    if kind not in KINDS:
        raise OperatorError(f"there is no key {kind!r}; choose from {', '.join((*KINDS, *ROTATED))}")
    if data is None and (folder := os.environ.get(SECRETS)):
        return KINDS[kind], compose(Path(folder))
    store = embedded(data or FOLDER)
    if not (store.folder / "secrets.json").exists():
        raise OperatorError(
            f"the secrets are not in {store.folder}: set {SECRETS} to where they are kept, or give --data"
        )
    return KINDS[kind], store
