"""A backup in containers and back, and keys that are replaced, by the commands of docs/operating.md."""

import asyncio
from pathlib import Path

import pytest

from shared.events.catalogue import SERVICES
from tests.compose.children import PATIENCE_SECONDS, asks, child_of, is_helped
from tests.compose.composed import CommandFailed, Composed
from tests.parts.stories import AMINA, DAAN

pytestmark = [pytest.mark.compose, pytest.mark.timeout(900)]

OURS = [f"{service}-{kind}" for service in SERVICES for kind in ("web", "worker")]


def with_backups(composed: Composed, folder: Path, *command: str) -> str:
    """What the operator's container says that has this folder."""
    return composed.compose("run", "--rm", "-T", "--volume", f"{folder}:/backups", "cli", "schakel", *command)


def case_of(composed: Composed, code: str) -> list[str]:
    """Its id, while it is there."""
    return composed.rows("intake", f"SELECT id FROM cases WHERE code = '{code}'")  # noqa: S608 - our own


async def until_erased(composed: Composed) -> None:
    """Every service confirmed."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while "in every service" not in composed.operator("schakel", "erase", "--status"):  # noqa: ASYNC110 - no sign
            await asyncio.sleep(1)


async def test_backup_is_put_back_and_who_was_erased_stays_erased(composed: Composed, tmp_path: Path) -> None:
    world = composed.world()
    backups = tmp_path / "backups"
    backups.mkdir()
    backups.chmod(0o777)
    kept, erased, lost = child_of(world, AMINA), child_of(world, DAAN), child_of(world, AMINA)
    for child in (kept, erased):
        await asks(child)
        await is_helped(child)
    (erased_id,) = case_of(composed, erased.code)
    with_backups(composed, backups, "backup", "/backups")
    parked = composed.parked()

    await asks(lost)
    composed.operator("schakel", "erase", erased.code, "--yes")
    await until_erased(composed)
    with pytest.raises(CommandFailed, match="Schakel still runs"):
        with_backups(composed, backups, "restore", "/backups", "--yes")
    composed.compose("stop", *OURS)
    said = with_backups(composed, backups, "restore", "/backups", "--yes")
    composed.up()

    assert "1 cases were erased since" in said
    assert lost.code in said
    assert len(case_of(composed, kept.code)) == 1
    await until_erased(composed)
    for gone in (erased, lost):
        assert case_of(composed, gone.code) == []
    for service, table in (("matching", "referrals"), ("monitoring", "watches"), ("notify", "messages")):
        about = composed.rows(service, f"SELECT 1 FROM {table} t WHERE t::text LIKE '%{erased_id}%'")  # noqa: S608
        assert about == [], service
    afterwards = child_of(world, DAAN)
    await asks(afterwards)
    await is_helped(afterwards)
    assert composed.parked() == parked
    assert composed.operator("schakel", "audit", "verify").count("lines hold") == len(SERVICES)
    assert "✗" not in composed.operator("schakel", "doctor")


async def test_keys_are_replaced_while_children_are_helped(composed: Composed) -> None:
    amina = child_of(composed.world(), AMINA)
    await asks(amina)
    for kind in ("vault", "codes", "sessions", "systems", "services"):
        assert kind in composed.compose("run", "--rm", "-T", "keys", "schakel", "keys", "rotate", kind)

    await is_helped(amina)

    daan = child_of(composed.world(), DAAN)
    await asks(daan)
    await is_helped(daan)
    assert "✗" not in composed.operator("schakel", "doctor")
