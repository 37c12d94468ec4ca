"""A small authority for what the containers of Compose say to each other, and a certificate for each that answers.

`python -m deploy.install.compose_certificates /secrets` makes what is missing and renews what has 60 days left or less;
the containers read it at their next start. Only `compose.tls.yaml` runs it.
"""

import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final, cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from deploy.install.compose_secrets import write
from shared.events.catalogue import SERVICES

AUTHORITY_LASTS: Final = timedelta(days=3650)
CERTIFICATE_LASTS: Final = timedelta(days=397)
RENEWED_BEFORE: Final = timedelta(days=60)
AUTHORITY: Final = "ca/ca.crt"
AUTHORITY_KEY: Final = "admin/ca.key"
CERTIFICATE: Final = "tls.pem"
"""Key and certificate in one file, as each of the programs reads them."""
ANSWERING: Final = {
    "postgres": ("postgres",),
    "kafka": ("kafka",),
    "redis": ("redis",),
    **{service: (f"{service}-web", f"{service}-worker") for service in SERVICES},
}
"""The folder of each, and the names by which others call it; its own health check calls it 127.0.0.1."""

Key = ec.EllipticCurvePrivateKey


def make_what_is_due(folder: Path, now: datetime) -> list[str]:
    """The folders that got a new certificate; an authority that ends renews all."""
    authority, new = _authority(folder, now)
    due = [name for name in ANSWERING if new or _ends_soon(folder / name / CERTIFICATE, now)]
    for name in due:
        write(folder / name / CERTIFICATE, _certificate(authority, ANSWERING[name], now))
    return due


def _authority(folder: Path, now: datetime) -> tuple[tuple[Key, x509.Certificate], bool]:
    key_file, file = folder / AUTHORITY_KEY, folder / AUTHORITY
    if key_file.exists() and not _ends_soon(file, now):
        kept = cast("Key", serialization.load_pem_private_key(key_file.read_bytes(), None))
        return (kept, x509.load_pem_x509_certificate(file.read_bytes())), False
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Schakel, between its containers")])
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        _begun(name, name, key, now, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    write(key_file, _text_of(key))
    write(file, made.public_bytes(serialization.Encoding.PEM).decode())
    return (key, made), True


def _certificate(authority: tuple[Key, x509.Certificate], names: tuple[str, ...], now: datetime) -> str:
    signing, issuer = authority
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    called = [x509.DNSName(name) for name in (*names, "localhost")]
    made = (
        _begun(subject, issuer.subject, key, now, CERTIFICATE_LASTS)
        .add_extension(x509.SubjectAlternativeName([*called, x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .sign(signing, hashes.SHA256())
    )
    return _text_of(key) + made.public_bytes(serialization.Encoding.PEM).decode()


def _begun(subject: x509.Name, issuer: x509.Name, key: Key, now: datetime, lasts: timedelta) -> x509.CertificateBuilder:
    # An hour back: the clock of another container may be a little behind.
    return (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + lasts)
    )


def _ends_soon(file: Path, now: datetime) -> bool:
    if not file.exists():
        return True
    return x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc < now + RENEWED_BEFORE


def _text_of(key: Key) -> str:
    form, none = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, none).decode()


if __name__ == "__main__":
    made_anew = make_what_is_due(Path(sys.argv[1]), datetime.now(UTC))
    sys.stdout.write(f"certificates: {', '.join(made_anew) or 'all are there'}\n")
