"""The desk reads a file with a map in by page: on the twin and on PostgreSQL."""

import csv
import io
import re
import zipfile

import pytest

from services.matching.web.pages.map_imports import PATH
from shared.events.base import Role
from tests.integration.matching.import_site import (
    BIKE,
    COAT,
    HEADER,
    names_on_the_map,
    pressed,
    previewed,
    sent,
    signed_in,
    worker,
)  # fmt: skip
from tests.unit.matching.city import named
from tests.unit.matching.site import Site, text_of


async def test_desk_sends_a_file_sees_what_changes_takes_it_over_and_takes_it_back(import_site: Site) -> None:
    answer = await sent(import_site, HEADER + BIKE + COAT)
    page = answer.headers["location"]
    waiting = await import_site.get(page)
    assert "Het bestand wordt gelezen" in text_of(waiting)
    assert not any(words in text_of(waiting) for words in ("Neem dit over", "Geweigerd", "niets om te laten zien"))

    await worker(import_site)
    preview = text_of(await import_site.get(page))
    assert "Er is nog niets veranderd" in preview
    assert "Nieuw 5" in preview
    assert await names_on_the_map(import_site) == set()

    await pressed(import_site, f"{page}/overnemen")
    assert "<progress" in (await import_site.get(page)).text
    await worker(import_site)
    assert "Overgenomen" in text_of(await import_site.get(page))
    assert await names_on_the_map(import_site) == {"Fiets", "Jas"}

    asking = await import_site.get(f"{page}/terugdraaien")
    assert "Wat nieuw was, doet niet meer mee (5)." in text_of(asking)
    assert "Wat veranderd was" not in text_of(asking)
    assert await names_on_the_map(import_site) == {"Fiets", "Jas"}
    await pressed(import_site, f"{page}/terugdraaien")
    await worker(import_site)
    assert "Teruggedraaid" in text_of(await import_site.get(page))
    assert await names_on_the_map(import_site) == set()


async def test_changed_fields_stand_with_what_was_there_and_what_comes(import_site: Site) -> None:
    page = await previewed(import_site, HEADER + BIKE)
    await pressed(import_site, f"{page}/overnemen")
    await worker(import_site)

    again = await previewed(
        import_site, HEADER + BIKE.replace("Een fiets", "Een bakfiets").replace("Sam V", "Samantha V")
    )

    shown = text_of(await import_site.get(f"{again}?lijst=veranderd"))
    assert re.search(r"Fiets .{0,60}Een fiets .{0,20}Een bakfiets", shown), shown
    assert re.search(r"Sam V .{0,20}Samantha V", shown), shown


async def test_what_left_the_file_stands_on_the_list_of_the_desk(import_site: Site) -> None:
    page = await previewed(import_site, HEADER + BIKE + COAT, source="Gids")
    await pressed(import_site, f"{page}/overnemen")
    await worker(import_site)

    again = await previewed(import_site, HEADER + BIKE, source="gids")
    assert "Niet meer in het bestand 1" in text_of(await import_site.get(again))
    await pressed(import_site, f"{again}/overnemen")
    await worker(import_site)

    listed = text_of(await import_site.get("/netwerk/organisaties"))
    assert re.search(r"Jas .{0,40}staat sinds .{0,30} niet meer in het bestand van gids", listed), listed
    assert "Jas" in await names_on_the_map(import_site)


async def test_refused_rows_come_back_with_a_reason_and_no_formula(import_site: Site) -> None:
    bad = "Kledingbank;Trui;raket;=HYPERLINK(1);;;\n"
    page = await previewed(import_site, HEADER + BIKE + bad + "Kledingbank;=1+1;raket;;;;\n")

    answer = await import_site.get(f"{page}/geweigerd.csv")

    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["regel", "wat_er_mis_is", *HEADER.strip().split(";")]
    assert rows[1][0] == "3"
    assert "raket" in rows[1][1]
    assert rows[1][2:6] == ["Kledingbank", "Trui", "raket", "'=HYPERLINK(1)"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]

    mended = answer.text.replace("raket", "clothing")
    await pressed(import_site, f"{await previewed(import_site, mended)}/overnemen")
    await worker(import_site)
    assert await names_on_the_map(import_site) == {"Trui", "=1+1"}


@pytest.mark.parametrize("name", ["kaart.json", "kaart.zip"])
async def test_refused_items_of_hsds_come_with_place_and_reason(import_site: Site, name: str) -> None:
    if name.endswith("json"):
        content = b'{"services": [{"id": "1", "name": "Fiets", "organization_id": "nergens"}]}'
    else:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("services.csv", "id,name,organization_id\n1,Fiets,nergens\n")
        content = packed.getvalue()
    page = await previewed(import_site, content, name)

    answer = await import_site.get(f"{page}/geweigerd.csv")

    [_, first, *_] = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert "attributes" in first[1]


async def test_second_press_is_no_second_time_and_a_second_file_waits(import_site: Site) -> None:
    one, other = await previewed(import_site, HEADER + BIKE), await previewed(import_site, HEADER + COAT)
    await pressed(import_site, f"{one}/overnemen")

    assert (await pressed(import_site, f"{one}/overnemen")).status_code == 303
    busy = await pressed(import_site, f"{other}/overnemen")
    assert busy.status_code == 409
    assert "Wacht tot dat klaar is" in text_of(busy)


async def test_looking_changes_nothing(import_site: Site) -> None:
    page = await previewed(import_site, HEADER + BIKE)
    for path in (PATH, page, f"{page}?lijst=geweigerd&pagina=3", f"{page}/geweigerd.csv"):
        assert (await import_site.get(path)).status_code == 200
        assert (await import_site.client.head(path)).status_code == 200
    assert (await import_site.get(f"{page}/terugdraaien")).status_code == 409

    await worker(import_site)
    assert await names_on_the_map(import_site) == set()


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AMBASSADOR])
async def test_only_the_desk_reads_maps_in(import_site: Site, role: Role) -> None:
    page = await previewed(import_site, HEADER + BIKE)
    await signed_in(import_site, role)

    for path in (PATH, page, f"{page}/geweigerd.csv", f"{page}/terugdraaien"):
        assert (await import_site.get(path)).status_code == 403
    assert (await sent(import_site, HEADER + BIKE)).status_code == 403
    assert (await pressed(import_site, f"{page}/overnemen")).status_code == 403


async def test_operator_may_too_and_what_is_not_there_is_not_found(import_site: Site) -> None:
    await signed_in(import_site, Role.OPERATOR)

    assert (await import_site.get(PATH)).status_code == 200
    assert (await import_site.get(f"{PATH}/{named('nothing')}")).status_code == 404
    assert (await pressed(import_site, f"{PATH}/{named('nothing')}/overnemen")).status_code == 404
