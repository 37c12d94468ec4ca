"""The audit chain of tests."""

from typing import Final

from shared.privacy.audit import AuditChain

AUDIT_KEY: Final = "an invented key of the audit log, 32+"
CHAIN: Final = AuditChain(AUDIT_KEY)
