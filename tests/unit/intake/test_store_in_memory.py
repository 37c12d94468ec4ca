import pytest

from shared.privacy.audit_chain import AuditLine
from tests.parts.audit import CHAIN
from tests.unit.intake.builders import FixedCodes, units_in_memory
from tests.unit.intake.conformance import Store, StoreConformance


class TestStoreInMemory(StoreConformance):
    @pytest.fixture
    def units(self) -> Store:
        return units_in_memory()

    @pytest.fixture
    def same_codes(self) -> Store:
        return units_in_memory(FixedCodes(*["AAAA-AAAA"] * 9))

    async def audit_lines(self, units: Store) -> list[AuditLine]:
        async with units.begin() as unit:
            lines: list[AuditLine] = list(unit._tables.table("audit_lines").values())
        assert CHAIN.verify(lines) is None
        return lines
