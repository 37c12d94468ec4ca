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

KindArgument = Annotated[str, typer.Argument(help="Which key: vault or codes.")]


@run_async
async def rotate(kind: KindArgument, *, data: DataOption = None) -> None:
    """Replace a key by a new one; everything that it wraps is wrapped anew. Nobody notices, and it may be broken off.

    Backups of before need the old key: keep a copy of the secrets of that day as long as those backups.
    """
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
    from deploy.install.key_store import FOLDER as SECRETS
    from deploy.install.key_store import KINDS

    if kind not in KINDS:
        raise OperatorError(f"there is no key {kind!r}; choose from {', '.join(KINDS)}")
    if data is None and (folder := os.environ.get(SECRETS)):
        return KINDS[kind], compose(Path(folder))
    store = embedded(data or FOLDER)
    if not (store.folder / "secrets.json").exists():
        raise OperatorError(
            f"the secrets are not in {store.folder}: set {SECRETS} to where they are kept, or give --data"
        )
    return KINDS[kind], store
