"""Families' consents, and who helps them, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.intake.domain.accepted import AcceptedReferral
from services.intake.domain.consent import Consent, ConsentState
from shared.events.base import ConsentGiver
from tests.twins.tables import MemoryTables


class InMemoryConsents:
    """Consents in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Consent] = tables.table("consents")

    async def add(self, consents: Sequence[Consent]) -> None:
        self._rows.update({each.id: each for each in consents})

    async def save(self, consent: Consent) -> None:
        row = self._rows[consent.id]
        self._rows[row.id] = replace(row, state=consent.state, ended_at=consent.ended_at)

    async def list_of_case(self, case_id: UUID) -> list[Consent]:
        of_case = [row for row in self._rows.values() if row.case_id == case_id]
        return sorted(of_case, key=lambda row: (row.recorded_at, row.id))

    async def list_passed(self, today: date, limit: int) -> list[Consent]:
        given = [row for row in self._rows.values() if row.state is ConsentState.GIVEN]
        passed = [(row.until, row.id, row) for row in given if row.until and row.until < today]
        return [row for _, _, row in sorted(passed, key=lambda each: each[:2])][:limit]

    async def list_growing(self, after: UUID | None, limit: int) -> list[UUID]:
        given = [row for row in self._rows.values() if row.state is ConsentState.GIVEN]
        growing = {row.case_id for row in given if row.given_by is not ConsentGiver.YOUNG_PERSON}
        return sorted(case_id for case_id in growing if after is None or case_id > after)[:limit]

    async def forget(self, case_id: UUID) -> None:
        for key in [key for key, row in self._rows.items() if row.case_id == case_id]:
            del self._rows[key]


class InMemoryAccepted:
    """Who helps whom, in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, AcceptedReferral] = tables.table("accepted_referrals")

    async def save(self, accepted: AcceptedReferral) -> None:
        known = self._rows.get(accepted.referral_id, accepted)
        self._rows[accepted.referral_id] = replace(known, contact_id=accepted.contact_id)

    async def read(self, referral_id: UUID) -> AcceptedReferral | None:
        return self._rows.get(referral_id)

    async def list_of_case(self, case_id: UUID) -> list[AcceptedReferral]:
        return [self._rows[key] for key in sorted(self._rows) if self._rows[key].case_id == case_id]

    async def end(self, referral_id: UUID) -> None:
        self._rows.pop(referral_id, None)

    async def forget(self, case_id: UUID) -> None:
        for key in [key for key, row in self._rows.items() if row.case_id == case_id]:
            del self._rows[key]
