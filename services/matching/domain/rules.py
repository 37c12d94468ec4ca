"""Who is asked, and why: a pure, neutral ranking that explains itself.

Nothing can be bought here: the score looks at the family's situation, the promise to answer and how busy a partner is.
Equal scores are decided by lot, drawn from the identities of need and service together, so that no partner is always
first and the same need gives the same order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from hashlib import sha256
from uuid import UUID

from services.matching.domain import weights
from services.matching.domain.case import CaseFile, CaseNeed
from services.matching.domain.network import Service
from services.matching.domain.ranking import Candidate, Offer, Passed, Ranking
from services.matching.domain.referral_state import ACTIVE, ReferralState
from shared.events.base import AgeBand, Beneficiary, Urgency
from shared.kernel.city import City

SPEAKS, WORKS_WITH_INTERPRETER = "Spreekt ", "Werkt met een tolk"
WORKS_IN, MOSTLY_WORKS_IN, WORKS_EVERYWHERE = "Werkt in ", "Werkt meestal in ", "Werkt in de hele stad"
WHERE_IS_UNKNOWN = "Zegt niet in welke wijken"
AGES_ARE_UNKNOWN = "Zegt niet voor welke leeftijd"
QUICK_ANSWER_COUNTS_TWICE = frozenset({Urgency.TODAY, Urgency.SOON})
NOT_CHECKED = "De vermelding is al lang niet gecontroleerd"
NOT_REACHED = "Mail aan de contactpersoon kwam niet aan: bel eerst"
REPORTED = "Mensen zeggen dat de vermelding niet klopt: bel eerst"
ENOUGH_TO_DO = "Wie we daar vragen, heeft nu genoeg te doen"
HIDDEN = "Is verborgen: al te lang niet gecontroleerd"
# Help that was given takes no place any more, though the family has still to say whether it helped.
TAKES_A_PLACE = ACTIVE - {ReferralState.DELIVERED}


@dataclass(frozen=True, slots=True)
class Situation:
    """The facts of the case that the ranking looks at, and who cannot be asked (again), on the day `today`."""

    district: str | None
    age_band: AgeBand
    language: str
    interpreter_needed: bool
    excluded: AbstractSet[UUID] = frozenset()
    """Organisations that the family does not want."""
    asked: AbstractSet[UUID] = frozenset()
    """Organisations that were asked for this need before."""
    today: date = date.min
    full: AbstractSet[UUID] = frozenset()
    """People who have enough to do now."""

    @classmethod
    def of(cls, case: CaseFile, asked: Iterable[UUID] = (), *, today: date) -> "Situation":
        """As the case file says."""
        return cls(
            district=case.district,
            age_band=case.age_band,
            language=case.language,
            interpreter_needed=case.interpreter_needed,
            excluded=case.excluded,
            asked=frozenset(asked),
            today=today,
        )

    @property
    def ages(self) -> tuple[int, int]:
        """The youngest and the oldest age in the band."""
        return _ages_in(self.age_band)


@cache
def _ages_in(band: AgeBand) -> tuple[int, int]:
    low, high = band.value.split("-")
    return int(low), int(high)


def rank(
    need: CaseNeed, situation: Situation, offers: Sequence[Offer], load: Mapping[UUID, int], city: City
) -> Ranking:
    """Order the offers for this need; `load` is how many referrals take a place, per service id."""
    candidates: list[Candidate] = []
    passed: list[Passed] = []
    for offer in offers:
        if need.category not in offer.service.categories:
            continue
        open_referrals = load.get(offer.service.id, 0)
        if reason := next(against(need, offer, situation, open_referrals), ""):
            passed.append(Passed(offer.service, reason))
        else:
            candidates.append(_candidate(need, situation, offer, open_referrals, city))
    candidates.sort(key=lambda candidate: (-candidate.score, lot(need.id, candidate.service.id)))
    passed.sort(key=lambda item: item.service.id)
    return Ranking(tuple(candidates), tuple(passed))


def lot(need_id: UUID, service_id: UUID) -> bytes:
    """What decides between equal scores: the lowest goes first. Ids alone would not do: they begin with the time."""
    return sha256(need_id.bytes + service_id.bytes).digest()


def against(need: CaseNeed, offer: Offer, situation: Situation, open_referrals: int) -> Iterator[str]:
    """Every reason in words why this offer is not asked by itself; none for one that can be."""
    service = offer.service
    if need.category not in service.categories:
        yield "Geeft dit soort hulp niet, zegt de kaart"
    yield from _of_itself(offer)
    if goes_by_age(need) and not service.overlaps(*situation.ages):
        yield f"Is voor {_ages(service)}"
    if service.organisation_id in situation.excluded:
        yield "Het gezin wil deze organisatie liever niet"
    if service.contact_ids and situation.full >= set(service.contact_ids):
        yield ENOUGH_TO_DO
    if service.organisation_id in situation.asked:
        yield "Is al gevraagd voor deze hulpvraag"
    if service.capacity is not None and open_referrals >= service.capacity:
        yield "Heeft nu geen plek"
    if service.full_until is not None and service.is_full(situation.today):
        yield f"Heeft geen plek tot {service.full_until:%d-%m-%Y}"


def _of_itself(offer: Offer) -> Iterator[str]:
    """Whatever the need is."""
    if not (offer.service.active and offer.organisation.active):
        yield "Doet nu niet mee"
    if offer.service.kept.hidden_at is not None:
        yield HIDDEN
    if not offer.service.contact_ids:
        yield "Heeft nog geen contactpersoon"


def _candidate(need: CaseNeed, situation: Situation, offer: Offer, open_referrals: int, city: City) -> Candidate:
    service = offer.service
    urgent = need.urgency in QUICK_ANSWER_COUNTS_TWICE
    walk_in = weights.WALK_IN_WHEN_URGENT if urgent else weights.WALK_IN
    parts = (
        _district(service, situation, city),
        *_language(service, situation, city),
        _age(service, situation) if goes_by_age(need) else (0, ""),
        _response(service, urgent=urgent),
        (weights.HAS_AGREEMENT, "Heeft een samenwerkingsafspraak") if offer.organisation.has_agreement else (0, ""),
        _load(open_referrals),
        (walk_in, "Heeft een inloop") if service.walk_in else (0, ""),
        _doubt(service, situation, city),
    )
    return Candidate(service, sum(score for score, _ in parts), tuple(words for _, words in parts if words))


def _doubt(service: Service, situation: Situation, city: City) -> tuple[int, str]:
    """What is unsure about its entry. Without a day (a test of something else) nothing is old."""
    if service.kept.doubted_at is not None:
        return weights.UNCONFIRMED, REPORTED if service.kept.is_reported else NOT_REACHED
    if situation.today == date.min:
        return 0, ""
    this_morning, after = city.instant_of(situation.today, time()), timedelta(days=city.entries.doubtful_after_days)
    return (weights.UNCONFIRMED, NOT_CHECKED) if service.kept.is_unconfirmed(at=this_morning, after=after) else (0, "")


def _district(service: Service, situation: Situation, city: City) -> tuple[int, str]:
    if service.whole_city:
        return weights.WHOLE_CITY, WORKS_EVERYWHERE
    if not service.says_where:
        return weights.UNKNOWN_DISTRICT, WHERE_IS_UNKNOWN
    if situation.district is None:
        # A secret address: whoever works in one district is asked after who works everywhere, and nothing says why.
        return 0, ""
    if situation.district in service.districts:
        return weights.IN_DISTRICT, f"{WORKS_IN}{city.districts.in_sentence(situation.district)}"
    return weights.OUTSIDE_DISTRICT, f"{MOSTLY_WORKS_IN}{city.districts.in_one_sentence(service.districts)}"


def without_district(reasons: Iterable[str]) -> tuple[str, ...]:
    """The same reasons without those that tell where the family lives, or does not."""
    return tuple(
        words for words in reasons if words == WORKS_EVERYWHERE or not words.startswith((WORKS_IN, MOSTLY_WORKS_IN))
    )


def without_language(reasons: Iterable[str]) -> tuple[str, ...]:
    """The same reasons without those that tell that the family speaks another language."""
    return tuple(words for words in reasons if not words.startswith((SPEAKS, WORKS_WITH_INTERPRETER)))


def _language(service: Service, situation: Situation, city: City) -> list[tuple[int, str]]:
    if not speaks_another_language(situation, city):
        return []
    tongues = tongues_of(situation)
    name = next((city.languages.words(tag) for tag in tongues if tag in city.languages), None)
    if not set(tongues).isdisjoint(service.languages):
        return [(weights.SPEAKS_LANGUAGE, f"{SPEAKS}{name or 'de taal van het gezin'}")]
    if service.interpreter:
        return [(weights.HAS_INTERPRETER, WORKS_WITH_INTERPRETER)]
    # One that is not on the city's list has no word here, and a bare code tells nobody anything.
    lacks = f"geen {name}" if name else "de taal van het gezin niet"
    return [(0, f"{SPEAKS}{lacks}; een tolk is nodig")] if situation.interpreter_needed else []


def speaks_another_language(situation: Situation, city: City) -> bool:
    """Whether the family speaks another language than the city."""
    return _without_country(situation.language) != _without_country(city.language)


def tongues_of(situation: Situation) -> list[str]:
    """The family's language, as it was said and without its country."""
    return list(dict.fromkeys((situation.language, _without_country(situation.language))))


def _without_country(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0]


def goes_by_age(need: CaseNeed) -> bool:
    """The age that we know is the child's: it says nothing of help for its parents, or for a brother or sister."""
    return need.beneficiary is Beneficiary.CHILD


def _age(service: Service, situation: Situation) -> tuple[int, str]:
    if service.covers(*situation.ages):
        return weights.WHOLE_AGE_BAND, ""
    if not service.says_ages:
        return 0, AGES_ARE_UNKNOWN
    return 0, f"Is voor {_ages(service)}: vraag de leeftijd na"


def _response(service: Service, *, urgent: bool) -> tuple[int, str]:
    days = service.response_days
    if days is None:
        return 0, ""
    score = weights.ANSWERS_WITHIN.get(max(days, 1), 0) * (2 if urgent else 1)
    return score, "Antwoordt meestal binnen 1 dag" if days <= 1 else f"Antwoordt meestal binnen {days} dagen"


def _load(open_referrals: int) -> tuple[int, str]:
    score = max(weights.PER_OPEN_REFERRAL * open_referrals, weights.MOST_FOR_LOAD)
    if open_referrals == 0:
        return score, "Heeft nu geen andere open vragen"
    return score, "Heeft nu 1 open vraag" if open_referrals == 1 else f"Heeft nu {open_referrals} open vragen"


def _ages(service: Service) -> str:
    if service.maximum_age is None:
        return f"{service.minimum_age} jaar en ouder"
    if not service.minimum_age:
        return f"kinderen tot en met {service.maximum_age} jaar"
    return f"{service.minimum_age} tot en met {service.maximum_age} jaar"
