"""Who helps whom, in PostgreSQL."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from services.intake.domain.accepted import AcceptedReferral
from services.intake.store.consent_table import AcceptedReferralRow
from shared.messaging.postgres_unit import PostgresUnit


class PostgresAccepted:
    """The table `accepted_referrals`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def save(self, accepted: AcceptedReferral) -> None:
        new = insert(AcceptedReferralRow).values(**asdict(accepted))
        known = new.on_conflict_do_update(index_elements=["referral_id"], set_={"contact_id": new.excluded.contact_id})
        await self._unit.session.exec(known)

    async def read(self, referral_id: UUID) -> AcceptedReferral | None:
        this = select(AcceptedReferralRow).where(AcceptedReferralRow.referral_id == referral_id)
        row = (await self._unit.session.exec(this)).one_or_none()
        return _accepted(row) if row else None

    async def list_of_case(self, case_id: UUID) -> list[AcceptedReferral]:
        of_case = select(AcceptedReferralRow).where(AcceptedReferralRow.case_id == case_id)
        # `save` goes past the session.
        fresh = of_case.execution_options(populate_existing=True)
        rows = await self._unit.session.exec(fresh.order_by(col(AcceptedReferralRow.referral_id)))
        return [_accepted(row) for row in rows]

    async def end(self, referral_id: UUID) -> None:
        this = delete(AcceptedReferralRow).where(col(AcceptedReferralRow.referral_id) == referral_id)
        await self._unit.session.exec(this)

    async def forget(self, case_id: UUID) -> None:
        await self._unit.session.exec(delete(AcceptedReferralRow).where(col(AcceptedReferralRow.case_id) == case_id))


def _accepted(row: AcceptedReferralRow) -> AcceptedReferral:
    return AcceptedReferral(**{name: getattr(row, name) for name in AcceptedReferral.__dataclass_fields__})
