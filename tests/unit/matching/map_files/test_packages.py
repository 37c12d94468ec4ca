"""HSDS as a datapackage: tables that point at each other, in a folder or packed."""

from pathlib import Path

import pytest

from services.matching.adapters.map_files import read_files
from tests.parts.city import a_city
from tests.unit.matching.map_files.reading import packed, read, told, written

PACKAGE = {
    "organizations.csv": "id,name,description\n1,Fietsenfonds,Verzonnen\n",
    "services.csv": "id,organization_id,name,status,fees_description\n7,1,Fiets,active,€ 5\n8,1,Bakfiets,active,\n",
    "phones.csv": "id,service_id,organization_id,number\n1,7,,010 123 45 67\n2,,1,010 123 45 68\n",
    "service_areas.csv": "id,service_id,name\n1,7,Oost\n",
    "languages.csv": "id,service_id,language\n1,7,nld\n",
    "cost_options.csv": "id,service_id,option,amount\n1,8,per keer,2.50\n",
    "contacts.csv": "id,service_id,name,email\n3,7,Sam V,sam@fonds.example\n",
    "attributes.csv": "id,link_id,link_entity,taxonomy_term_id\n1,7,service,t1\n2,8,service,t1\n",
    "taxonomy_terms.csv": "id,code,name\nt1,bike,Fiets\n",
    "locations.csv": "id,name\nl,De Brug\n",
    "addresses.csv": "id,location_id,address_1,city\n1,l,Kade 1,Schiewijk\n",
    "service_at_locations.csv": "id,service_id,location_id\n1,7,l\n",
}


def a_package(folder: Path, kind: str) -> Path:
    path = folder / ("gids" if kind == "folder" else "gids.zip")
    if kind == "folder":
        path.mkdir()
        for name, text in PACKAGE.items():
            written(path, name, text)
        return path
    inside = "data/" if kind == "zip with a folder" else ""
    return written(folder, path.name, packed({inside + name: text for name, text in PACKAGE.items()}))


@pytest.mark.parametrize("kind", ["folder", "zip", "zip with a folder"])
def test_hsds_datapackage_is_read(tmp_path: Path, kind: str) -> None:
    path = a_package(tmp_path, kind)

    found = read_files([path], a_city())

    assert (found.refused, found.remarks) == ([], [])
    assert [(one.external_id, one.name, one.phone) for one in found.organisations] == [
        ("gids:1", "Fietsenfonds", "010 123 4568")
    ]
    bike, carrier = found.services
    assert (bike.external_id, bike.organisation, bike.categories, bike.districts) == (
        "gids:7",
        "gids:1",
        ("bike",),
        ("oost",),
    )
    assert (bike.languages, bike.phone, bike.address) == (("nl",), "010 123 4567", "De Brug, Kade 1, Schiewijk")
    assert (bike.is_free, bike.cost, bike.contacts[0].email) == (False, "€ 5", "sam@fonds.example")
    assert (carrier.is_free, carrier.cost, carrier.minimum_age, carrier.whole_city) == (
        False,
        "per keer: € 2,50",
        None,
        False,
    )


def test_datapackage_of_the_older_standard_is_read_and_what_is_not_is_named(tmp_path: Path) -> None:
    package = {
        "organization.csv": "id,name\n1,Fietsenfonds\n", "service.csv": "id,organization_id,name\n7,1,Fiets\n9,,Los\n",
        "service_taxonomy.csv": "id,service_id,taxonomy_id\n1,7,bike\n2,9,bike\n", "funding.csv": "id,source\n1,x\n",
        "eligibility.csv": "id,service_id,minimum_age\n1,7,4\n",
    }  # fmt: skip

    found = read(tmp_path, packed(package), "oud.zip")

    assert [(one.name, one.categories, one.minimum_age) for one in found.services] == [("Fiets", ("bike",), 4)]
    assert [(row.line, row.column) for row in found.refused] == [(3, "organization")]
    assert told(found) == [("funding.csv", "")]


def test_row_that_belongs_to_nothing_is_named_and_a_number_of_somebody_is_not_for_everybody(tmp_path: Path) -> None:
    package = PACKAGE | {
        "phones.csv": "id,service_id,contact_id,location_id,number\n1,7,3,,010 123 45 67\n2,,,l,010 123 45 68\n"
    }

    found = read(tmp_path, packed(package), "gids.zip")

    assert [(one.phone, [each.phone for each in one.contacts]) for one in found.services] == [
        ("", ["010 123 4567"]), ("", []),
    ]  # fmt: skip
    assert [(remark.line, remark.column) for remark in found.remarks] == [(3, "phones.csv")]


def test_zip_without_tables_is_refused(tmp_path: Path) -> None:
    assert len(read(tmp_path, packed({"leesmij.txt": "x"}), "x.zip").refused) == 1
