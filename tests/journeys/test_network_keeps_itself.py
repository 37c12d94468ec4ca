"""From a stranger's form to a partner on the map that keeps its own entry, with every mail that was promised."""

import pytest

from tests.journeys.by_pages import two_browsers
from tests.journeys.network_play import FORMS, Network, network_keeps_itself
from tests.parts.city import a_city

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]


async def test_organisation_joins_keeps_its_entry_and_is_kept_by_the_desk() -> None:
    async with two_browsers() as (world, ledger, _, desk):
        await network_keeps_itself(Network(world, ledger, desk, next(iter(a_city().categories.offered))))

        assert ledger.differences == []
        assert sorted(ledger.played) == sorted(FORMS)
