"""What a city says of its points must be reasons that exist: a process does not start with a wrong one."""

import pytest
from pydantic import ValidationError

from services.monitoring.settings import MonitoringSettings
from tests.parts.city import a_city
from tests.unit.monitoring.app import SETTINGS


def test_reason_that_no_event_knows_is_named_with_those_that_are() -> None:
    city = a_city({"terms": {"points": {"by_reason": {"plan-finishd": 5}}}})
    with pytest.raises(ValidationError, match=r"there is no reason plan-finishd; these are: .*plan-finished"):
        MonitoringSettings.model_validate({**SETTINGS.model_dump(), "city": city})
