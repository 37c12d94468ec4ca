"""One rule for numbers, addresses and text, at whichever door they come in: a page, an API or a file."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from deploy.cli.network import _checked
from deploy.install.errors import OperatorError
from services.intake.web import field_types as of_intake
from services.matching.adapters.checking import RowCheck
from services.monitoring.web import forms as of_monitoring
from shared.web.written import EmailAddress, Lines, PhoneNumber
from tests.unit.shared.test_readable import WRONG_NUMBERS

PHONES = (of_intake.Phone, of_monitoring.Phone, PhoneNumber)
EMAILS = (of_intake.Email, EmailAddress)
TEXTS = (of_intake.Story, of_intake.Name, of_intake.Words, of_monitoring.Line, Lines)


def refused(door: Any, typed: str) -> bool:  # noqa: ANN401 - any annotation
    try:
        TypeAdapter(door).validate_python(typed)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("typed", WRONG_NUMBERS)
def test_wrong_number_is_refused_at_every_door(typed: str) -> None:
    row = RowCheck(1)
    row.phone("telefoon", typed)

    assert [door for door in PHONES if not refused(door, typed)] == []
    assert not row.is_good
    with pytest.raises(OperatorError):
        _checked(None, None, None, typed)


@pytest.mark.parametrize(
    "typed", ["sam@", "sam\u00eb@x.example", "sam@x..example", "Sam <sam@x.example>", "mailto:sam@x.example"]
)
def test_wrong_address_is_refused_at_every_door(typed: str) -> None:
    row = RowCheck(1)
    row.email("email", typed)

    assert [door for door in EMAILS if not refused(door, typed)] == []
    assert not row.is_good


@pytest.mark.parametrize("door", TEXTS)
def test_text_is_kept_by_the_same_rule_at_every_door(door: Any) -> None:  # noqa: ANN401 - any annotation
    row = RowCheck(1)

    assert (
        TypeAdapter(door).validate_python("Zoe\u0308 \u200bB\u00ados")
        == row.text("naam", "Zoe\u0308 \u200bB\u00ados")
        == "Zoë Bos"
    )
    assert refused(door, "a\u202eb")
