"""The audit chain of tests."""

from collections.abc import Iterable
from typing import Final

from shared.privacy.audit_chain import AuditChain, AuditLine
from tests.twins.tables import MemoryTables, Rows

AUDIT_KEY: Final = "an invented key of the audit log, 32+"
CHAIN: Final = AuditChain(AUDIT_KEY)


def of_the_vault(lines: Iterable[AuditLine]) -> list[AuditLine]:
    """Those that tell of facts that were read, or of an act; not that a request came in, nor that a page was asked."""
    return [line for line in lines if line.entry.fields and line.entry.purpose != "new-request"]


def beside_the_log(tables: MemoryTables) -> dict[str, Rows]:
    """All that is stored but the audit log, in which looking and being refused are lines too."""
    return {name: rows for name, rows in tables.copy().tables.items() if name != "audit_lines"}
