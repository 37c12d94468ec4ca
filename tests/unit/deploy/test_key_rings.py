"""Each service has its own keys and no more, and new ones come while everything runs."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from deploy.install import key_rings
from deploy.install.errors import OperatorError
from deploy.install.key_rings import FILE, KNOWN_BEFORE, ROTATED, make_key_rings, rotate_rings
from shared.access.service_tokens import ServiceTokens
from shared.access.sessions import IDLE_FOR, SESSION_LASTS, Session, Sessions
from shared.access.signing import PAIRS, SIGNED_BY
from shared.events.base import Role
from shared.events.catalogue import SERVICES
from shared.kernel import key_ring
from shared.kernel.key_ring import KeyRing, KeyRingUnreadable, read_keys
from shared.privacy.marks import PURPOSE as MARKS
from tests.twins.clock import HeldClock

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SESSION = Session(UUID(int=1), Role.AMBASSADOR, UUID(int=2))


@pytest.fixture(autouse=True)
def looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time of a test is not time of the machine."""
    monkeypatch.setattr(key_ring, "LOOKED_AT_SECONDS", 0.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_key_rings(tmp_path)
    return tmp_path


def rings(folder: Path) -> dict[str, KeyRing]:
    """As the running services hold them."""
    return {service: KeyRing.of(folder / service / FILE) for service in SERVICES}


def sessions(folder: Path) -> dict[str, Sessions]:
    return {service: Sessions(ring, secure=True) for service, ring in rings(folder).items()}


def test_each_service_can_sign_its_own_and_holds_the_keys_of_its_pairs_only(folder: Path) -> None:
    for service in SERVICES:
        keys = read_keys(folder / service / FILE)
        marks = {MARKS} if service in {"intake", "matching", "monitoring"} else set()
        assert keys.keys() == {*SIGNED_BY, *marks, *(purpose for purpose, pair in PAIRS.items() if service in pair)}
        can_sign = {purpose for purpose in SIGNED_BY for one in keys[purpose] if "d" in one.jwk}
        assert can_sign == {purpose for purpose, signer in SIGNED_BY.items() if signer == service}


def test_files_are_for_their_owner_only_and_stay_as_they_are_at_the_next_start(folder: Path) -> None:
    before = {file: (file.read_text(), file.stat().st_ino) for file in folder.rglob("*") if file.is_file()}
    assert {file.name for file in before} == {FILE}
    assert {stat.S_IMODE(file.stat().st_mode) for file in before} == {0o600}
    make_key_rings(folder)
    assert {file: (file.read_text(), file.stat().st_ino) for file in folder.rglob("*") if file.is_file()} == before


def test_sessions_go_on_while_their_key_is_rotated_and_end_with_the_old_one(folder: Path) -> None:
    running = sessions(folder)
    old = running["matching"].issue(SESSION, NOW)

    until = rotate_rings(folder, "sessions", NOW)
    between = running["matching"].issue(SESSION, NOW + timedelta(seconds=5))
    after = NOW + KNOWN_BEFORE
    new = running["matching"].issue(SESSION, after)

    def kid(token: str) -> str:
        return token.split(".", maxsplit=1)[0]

    assert kid(between) == kid(old) != kid(new)
    for one in running.values():
        assert [one.read(each, after) for each in (old, between, new)] == [SESSION] * 3
    assert until >= after + SESSION_LASTS
    # Whoever held the old key signs nothing with it any more: not even what would not have idled out.
    renewed = Sessions(KeyRing({"sessions": read_keys(folder / "matching" / FILE)["sessions"][:1]}), secure=True)
    late = renewed.issue(SESSION, until - timedelta(minutes=1))
    for one in running.values():
        assert one.read(late, until - timedelta(seconds=1)) == SESSION
        assert one.read(late, until) is None
        assert one.read(running["matching"].issue(SESSION, until), until + IDLE_FOR / 2) == SESSION


def test_old_key_that_was_seen_by_somebody_opens_nothing_from_now_on(folder: Path) -> None:
    running = sessions(folder)
    old = running["matching"].issue(SESSION, NOW)
    rotate_rings(folder, "sessions", NOW, at_once=True)
    assert {name: one.read(old, NOW) for name, one in running.items()} == dict.fromkeys(SERVICES)
    assert running["notify"].read(running["matching"].issue(SESSION, NOW), NOW) == SESSION


def test_services_ask_each_other_all_the_while(folder: Path) -> None:
    running, clock = rings(folder), HeldClock(NOW)
    tokens = {service: ServiceTokens(ring, service, clock) for service, ring in running.items()}
    rotate_rings(folder, "services", NOW)
    for _ in range(60):
        for asks, answers in PAIRS.values():
            token = tokens[asks].issue(answers)
            assert (caller := tokens[answers].read(token)) is not None
            assert caller.service == asks
            clock.forward(timedelta(seconds=1))


@pytest.mark.parametrize("kind", ROTATED)
def test_rotating_again_and_again_keeps_what_may_still_be_in_use_and_no_more(folder: Path, kind: str) -> None:
    untouched = {purpose for each, purposes in ROTATED.items() if each != kind for purpose in purposes}
    before = read_keys(folder / "matching" / FILE)
    now = NOW
    for _ in range(5):
        now = rotate_rings(folder, kind, now) + timedelta(seconds=1)
    for service in SERVICES:
        keys = read_keys(folder / service / FILE)
        for purpose in keys.keys() - untouched - {MARKS}:
            assert len(keys[purpose]) == 2
            assert keys[purpose][-1].accepted_until is None
    after = read_keys(folder / "matching" / FILE)
    assert {purpose: after[purpose] for purpose in untouched & after.keys()} == {
        purpose: before[purpose] for purpose in untouched & before.keys()
    }


def test_who_checks_gets_a_key_before_who_signs_with_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    rename = Path.rename

    def watched(file: Path, target: Path) -> Path:
        order.append(target.parent.name)
        return rename(file, target)

    monkeypatch.setattr(Path, "rename", watched)
    rotate_rings(folder, "sessions", NOW)
    assert {*order[:2]} == {"monitoring", "notify"}


def test_rotation_that_was_broken_off_is_brought_together_at_the_next_start(folder: Path) -> None:
    left_behind = {name: (folder / name / FILE).read_text() for name in ("matching", "notify")}
    rotate_rings(folder, "services", NOW)
    rotate_rings(folder, "sessions", NOW)
    for name, text in left_behind.items():
        (folder / name / FILE).write_text(text)

    make_key_rings(folder)

    running, clock = rings(folder), HeldClock(NOW + timedelta(minutes=10))
    for asks, answers in PAIRS.values():
        token = ServiceTokens(running[asks], asks, clock).issue(answers)
        assert ServiceTokens(running[answers], answers, clock).read(token) is not None
    cookie = Sessions(running["matching"], secure=True).issue(SESSION, clock.now())
    assert all(Sessions(ring, secure=True).read(cookie, clock.now()) == SESSION for ring in running.values())


@pytest.mark.parametrize("service", SERVICES)
def test_file_that_is_gone_is_made_anew_and_only_what_it_alone_could_sign_with_it(folder: Path, service: str) -> None:
    cookie = sessions(folder)["matching"].issue(SESSION, NOW)
    (folder / service / FILE).unlink()

    make_key_rings(folder)

    running = sessions(folder)
    assert {one.read(running["matching"].issue(SESSION, NOW), NOW) for one in running.values()} == {SESSION}
    # The public half is still there, so that nobody is signed out.
    assert {one.read(cookie, NOW) for one in running.values()} == {SESSION}


def test_damaged_file_is_named_and_nothing_is_changed(folder: Path) -> None:
    (folder / "notify" / FILE).write_text("{")
    before = {file: file.read_text() for file in folder.rglob("*") if file.is_file()}
    for work in (lambda: make_key_rings(folder), lambda: rotate_rings(folder, "sessions", NOW)):
        with pytest.raises(OperatorError, match=r"notify/key_ring.json is damaged"):
            work()
    assert {file: file.read_text() for file in folder.rglob("*") if file.is_file()} == before


def test_nothing_is_rotated_where_there_are_no_keys(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="no keys for sessions"):
        rotate_rings(tmp_path, "sessions", NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"sessions": [{"jwk": {"kid": "a"}}]}', '{"sessions": [{"jwk": {}}]}']
)
def test_file_that_is_no_ring_is_refused_and_not_shown(tmp_path: Path, text: str) -> None:
    file = tmp_path / FILE
    file.write_text(text)
    with pytest.raises(KeyRingUnreadable) as refused:
        KeyRing.of(file)
    assert "jwk" not in str(refused.value)


def test_process_keeps_its_keys_when_the_file_is_damaged_under_it(folder: Path) -> None:
    running = sessions(folder)
    cookie = running["matching"].issue(SESSION, NOW)
    (folder / "notify" / FILE).write_text("{")
    assert running["notify"].read(cookie, NOW) == SESSION
    (folder / "notify" / FILE).unlink()
    assert running["notify"].read(cookie, NOW) == SESSION


def test_file_is_looked_at_once_a_second_however_many_strangers_knock(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_ring, "LOOKED_AT_SECONDS", 1.0)
    looked: list[Path] = []
    find = Path.stat

    def counted(file: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        looked.append(file)
        return find(file, follow_symlinks=follow_symlinks)

    ring = KeyRing.of(folder / "notify" / FILE)
    monkeypatch.setattr(Path, "stat", counted)
    assert [ring.known(("sessions",), f"stranger {each}", NOW) for each in range(1000)] == [None] * 1000
    assert len(looked) <= 2


def test_modes_of_files_stay_when_their_keys_are_rotated(tmp_path: Path) -> None:
    """In a volume of Compose a container reads them that did not write them."""
    make_key_rings(tmp_path, mode=0o444)
    rotate_rings(tmp_path, "services", NOW)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.rglob(FILE)}
    assert modes == {0o444}
    assert key_rings.FOR_ITS_OWNER == 0o600
