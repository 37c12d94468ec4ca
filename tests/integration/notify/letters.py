"""A letter to send in tests."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from services.notify.domain.letter import Letter

LETTER = Letter(
    message_id="0197e000-0000-7000-8000-000000000001@schiewijk.example",
    to_address="zoe.contact@fietsen.example",
    to_name='Zoë O\'Brien, "coördinator"',
    subject="Een nieuwe aanvraag in Noord: kun je helpen?",
    text="Dag Zoë,\n\n.een regel met een punt\n",
    html="<p>Dag Zoë,</p>",
    written_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
)


def letter(**changes: Any) -> Letter:  # noqa: ANN401
    return replace(LETTER, **changes)
