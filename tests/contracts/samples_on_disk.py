"""The golden samples: one message per event and version as it was written then; once committed, never rewritten.

`python -m tests.contracts.samples_on_disk` writes those that are missing, and leaves the others alone.
Before a release, `--force` makes all of them anew.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.events.base import Event
from shared.events.catalogue import classes_by_wire_name
from shared.messaging.bus.base import Delivered
from shared.messaging.cloudevents import encode
from tests.contracts.invented import invented_envelope

FOLDER = Path(__file__).parent / "samples"
SOURCE = "urn:nld:gemeente-schiewijk:systeem"


@dataclass(frozen=True)
class Sample:
    """One message as it stood on the topic."""

    wire_name: str
    topic: str
    key: str
    headers: dict[str, str]
    data: dict[str, Any]

    def delivered(self) -> Delivered:
        """As a consumer gets it."""
        value = json.dumps(self.data).encode()
        return Delivered(topic=self.topic, partition=0, offset=0, key=self.key, value=value, headers=self.headers)


def samples(folder: Path = FOLDER) -> list[Sample]:
    """All that are committed, by name."""
    return [
        Sample(wire_name=file.stem, **json.loads(file.read_text(encoding="utf-8")))
        for file in sorted(folder.glob("*.json"))
    ]


def sample_of(event: type[Event]) -> dict[str, Any]:
    """The sample that a new event class gets."""
    record = encode(invented_envelope(event), source_urn=SOURCE)
    return {
        "topic": record.topic,
        "key": record.key,
        "headers": dict(record.headers),
        "data": json.loads(record.value),
    }


def write_missing(folder: Path = FOLDER, *, force: bool = False) -> list[str]:
    """Write a sample for each event class that has none (forced: for each); returns their wire names."""
    written = []
    for name, event in sorted(classes_by_wire_name().items()):
        file = folder / f"{name}.json"
        if force or not file.exists():
            file.write_text(json.dumps(sample_of(event), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
            written.append(name)
    return written


if __name__ == "__main__":
    for wire_name in write_missing(force="--force" in sys.argv):
        print(f"written: {wire_name}")  # noqa: T201 - a command that answers
