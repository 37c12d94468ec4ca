"""Services with their organisations, straight from the driver: reading them is most of what a ranking costs."""

from collections.abc import Collection, Iterable
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain.network import Organisation
from services.matching.domain.ranking import Offer
from services.matching.store.network_rows import organisation_of, service_of
from services.matching.store.tables import ORGANISATIONS, SERVICES
from shared.storage.statements import Statement

# What a service is found by, which is longer than the rest of its row, and is no part of it.
_INDEX: Final = frozenset({"search", "open_hours", "index_version"})


def _names(table: Table) -> tuple[str, ...]:
    return tuple(name for name in table.columns.keys() if name not in _INDEX)  # noqa: SIM118 - not a mapping


_OF_SERVICE: Final = _names(SERVICES)
_OF_OWNER: Final = _names(ORGANISATIONS)
_OFFERS: Final = Statement(
    f"""
    SELECT {", ".join(f"service.{name}" for name in _OF_SERVICE)}, {", ".join(f"owner.{name}" for name in _OF_OWNER)}
    FROM services AS service JOIN organisations AS owner ON owner.id = service.organisation_id
    WHERE service.id = ANY(CAST(:ids AS uuid[]))
    """  # noqa: S608 - our own columns
)


async def read_offers(connection: AsyncConnection, service_ids: Collection[UUID]) -> tuple[Offer, ...]:
    """These, in the same order; unknown ones are left out."""
    found: dict[UUID, Offer] = {}
    owners: dict[UUID, Organisation] = {}
    for row in await _OFFERS.rows(connection, {"ids": list(service_ids)}):
        service = service_of(_named(_OF_SERVICE, row))
        owner = owners.get(service.organisation_id)
        if owner is None:
            owner = owners[service.organisation_id] = organisation_of(_named(_OF_OWNER, row[len(_OF_SERVICE) :]))
        found[service.id] = Offer(service, owner)
    return tuple(found[each] for each in service_ids if each in found)


def _named(names: tuple[str, ...], row: Iterable[Any]) -> SimpleNamespace:
    named = SimpleNamespace()
    named.__dict__.update(zip(names, row, strict=False))
    return named
