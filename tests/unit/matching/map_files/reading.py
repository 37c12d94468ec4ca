"""Files with a map, written and read: what the reader makes of them."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from services.matching.adapters.map_files import read_files
from services.matching.commands import ImportMap, ServiceEntry
from tests.parts.city import a_city
from tests.unit.matching.city import named

CITY = a_city()
OWNER = {"id": str(named("owner")), "name": "Fietsenfonds"}


def hsds(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any member
    """The plainest service: None takes a member away."""
    service = {
        "id": str(named("service")), "name": "Fiets", "organization": OWNER,
        "attributes": [{"taxonomy_term": {"code": "bike"}}], **changes,
    }  # fmt: skip
    return {name: value for name, value in service.items() if value is not None}


def written(folder: Path, name: str, content: object) -> Path:
    """Bytes and text as they are, anything else as JSON."""
    path = folder / name
    if not isinstance(content, bytes):
        content = (content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)).encode()
    path.write_bytes(content)
    return path


def read(folder: Path, content: object, name: str = "kaart.json", **options: Any) -> ImportMap:  # noqa: ANN401 - of read_files
    return read_files([written(folder, name, content)], CITY, **options)


def read_one(folder: Path, **members: Any) -> tuple[ServiceEntry, ImportMap]:  # noqa: ANN401 - any member
    """One good service."""
    found = read(folder, [hsds(**members)])
    assert found.refused == []
    (service,) = found.services
    return service, found


def told(found: ImportMap) -> list[tuple[str, str]]:
    """What is not read, each with the name that was meant."""
    return [(remark.column, remark.example) for remark in found.remarks]


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, text in files.items():
            whole.writestr(name, text)
    return content.getvalue()


def a_workbook(rows: Sequence[Sequence[object]], *, cells: str = "") -> bytes:
    """The least that Excel opens: one sheet, numbers as numbers; `cells` is put behind its rows as it is."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    of_file = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    filled = "".join(
        f'<row r="{at}">'
        + "".join(_cell(f"{chr(65 + place)}{at}", value) for place, value in enumerate(row))
        + "</row>"
        for at, row in enumerate(rows, 1)
    )
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{of_file}/officeDocument" '
            f'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{of_file}"><sheets><sheet name="Kaart" sheetId="1" '
            f'r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
            f'Type="{of_file}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{filled}{cells}</sheetData></worksheet>',
        }
    )


def _cell(place: str, value: object) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
