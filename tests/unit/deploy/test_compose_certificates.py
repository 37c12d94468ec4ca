"""The certificates between the containers: each is believed by its names alone, and renewed before it ends."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from deploy.install.compose_certificates import ANSWERING, AUTHORITY, AUTHORITY_KEY, CERTIFICATE, make_what_is_due

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("ca", "admin", *ANSWERING):
        (tmp_path / name).mkdir()
    assert make_what_is_due(tmp_path, NOW) == list(ANSWERING)
    return tmp_path


def is_believed(folder: Path, name: str, called: str, at: datetime) -> bool:
    authority = x509.load_pem_x509_certificate((folder / AUTHORITY).read_bytes())
    certificate = x509.load_pem_x509_certificate((folder / name / CERTIFICATE).read_bytes())
    verifier = PolicyBuilder().store(Store([authority])).time(at).build_server_verifier(x509.DNSName(called))
    try:
        verifier.verify(certificate, [])
    except VerificationError:
        return False
    return True


def test_each_is_believed_by_its_own_names_and_no_other(folder: Path) -> None:
    for name, called in ANSWERING.items():
        assert all(is_believed(folder, name, one, NOW) for one in called)
        others = {one for other, theirs in ANSWERING.items() if other != name for one in theirs}
        assert not [one for one in others if is_believed(folder, name, one, NOW)]


def test_nothing_is_made_anew_while_it_lasts_and_all_is_before_it_ends(folder: Path) -> None:
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert make_what_is_due(folder, NOW + timedelta(days=300)) == []
    assert {file: file.read_bytes() for file in before} == before

    later = NOW + timedelta(days=340)
    assert make_what_is_due(folder, later) == list(ANSWERING)
    assert is_believed(folder, "kafka", "kafka", later + timedelta(days=300))
    assert (folder / AUTHORITY).read_bytes() == before[folder / AUTHORITY]


def test_authority_that_ends_or_whose_key_is_gone_is_made_anew_with_all_that_it_signed(folder: Path) -> None:
    (folder / AUTHORITY_KEY).unlink()

    assert make_what_is_due(folder, NOW) == list(ANSWERING)
    assert make_what_is_due(folder, NOW + timedelta(days=3600)) == list(ANSWERING)
    assert is_believed(folder, "intake", "intake-web", NOW + timedelta(days=3700))


def test_key_of_the_authority_is_with_the_administration_alone(folder: Path) -> None:
    holding = [file for file in folder.rglob("*") if file.is_file() and "PRIVATE KEY" in file.read_text()]

    assert {str(file.relative_to(folder)) for file in holding} == {AUTHORITY_KEY} | {
        f"{n}/{CERTIFICATE}" for n in ANSWERING
    }
