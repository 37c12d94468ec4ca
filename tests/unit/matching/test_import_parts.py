"""A large map is looked at in parts: each is small, stands by itself, and comes back as it was kept."""

from services.matching.commands import ContactEntry, ImportMap, OrganisationEntry, PersonEntry, ServiceEntry
from services.matching.handlers.import_parts import packed, rows_of, unpacked, whole_parts
from services.matching.handlers.taking_over import AT_ONCE
from shared.events.base import Role

OFFERS, EACH = 50_000, 5
SAM = ContactEntry("Sam", "sam@fonds.example")


def test_parts_of_fifty_thousand_offers_are_small_and_have_the_organisations_that_they_need() -> None:
    organisations = [OrganisationEntry(f"fonds {n}", f"Fonds {n}") for n in range(OFFERS // EACH)]
    services = [ServiceEntry(n, f"a {n}", f"fonds {n // EACH}", f"Aanbod {n}", ("bike",)) for n in range(OFFERS)]
    rows = 0
    for part in whole_parts(ImportMap(organisations=organisations, services=services)):
        assert rows_of(part) <= AT_ONCE
        assert len(part.organisations) <= AT_ONCE
        assert {one.organisation for one in part.services} <= {one.external_id for one in part.organisations}
        rows += rows_of(part)
    assert rows == OFFERS + OFFERS // EACH


def test_part_that_was_kept_is_the_same_again() -> None:
    service = ServiceEntry(
        2,
        "fiets",
        "fonds",
        "Fiets",
        ("bike",),
        contacts=(SAM,),
        is_free=None,
        silent=frozenset({"cost"}),
        source="gids",
    )
    part = ImportMap(
        organisations=[OrganisationEntry("fonds", "Fonds", silent=frozenset({"kind"}))],
        services=[service],
        people=[PersonEntry(3, "fonds", Role.AMBASSADOR, SAM)],
        standing={"gids": frozenset({"fiets"})},
    )
    again = unpacked(packed(part))
    assert (again.organisations, again.services, again.people) == (part.organisations, part.services, part.people)
    assert again.standing == part.standing
