"""What monitoring needs from its environment."""

from pydantic import field_validator

from shared.events.monitoring import EscalationReason
from shared.kernel.city import City
from shared.kernel.settings import CommonSettings


class MonitoringSettings(CommonSettings):
    """What every service needs is enough; of the city the reasons of its points must be those of the events."""

    @field_validator("city")
    @classmethod
    def _reasons_are_known(cls, city: City) -> City:
        if wrong := unknown_reasons(city):
            raise ValueError(wrong)
        return city


def unknown_reasons(city: City) -> str | None:
    """What is wrong with the reasons that have a term of their own, and which there are; None: nothing is."""
    wrong = sorted(set(city.terms.points.by_reason) - set(EscalationReason))
    if not wrong:
        return None
    known = ", ".join(EscalationReason)
    return f"terms.points.by_reason: there is no reason {', '.join(wrong)}; these are: {known}"
