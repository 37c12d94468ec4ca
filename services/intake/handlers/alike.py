"""Whether many families look like an example that the desk makes for a gathering: yes or no, never how many."""

from datetime import time

from services.intake.domain.alike import AlikeSearch, whole_months
from services.intake.ports import IntakeUnit
from shared.events.alike_families import AlikeFamiliesAnswer, FamilyShape
from shared.privacy.audit import About, Action


async def look_for_alike(shape: FamilyShape, unit: IntakeUnit) -> AlikeFamiliesAnswer:
    """Whether at least `similar_families` have this shape, and which one fact less would make it so. Each is a line."""
    fields = sorted(set(shape.facts))
    unit.audit.record(Action.READ, About.NOBODY, None, "alike-families", fields=fields)
    at_least = unit.city.privacy.similar_families
    if await unit.alike.are_at_least(at_least, _search(shape, unit)):
        return AlikeFamiliesAnswer(is_common=True, at_least=at_least)
    enough = [fact for fact, wider in shape.wider() if await unit.alike.are_at_least(at_least, _search(wider, unit))]
    return AlikeFamiliesAnswer(is_common=False, at_least=at_least, widen=tuple(dict.fromkeys(enough)))


def _search(shape: FamilyShape, unit: IntakeUnit) -> AlikeSearch:
    city = unit.city
    days = whole_months(city.day_of(unit.now), city.privacy.similar_months)
    since, until = (city.instant_of(day, time.min) for day in days)
    return AlikeSearch(shape, since, until, city.language)
