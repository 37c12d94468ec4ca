"""The list of referrals in memory: the twin of `store.referral_list`."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.matching.domain.case import SHUT_TO_PARTNERS, CaseFile, CaseState
from services.matching.domain.network import Organisation
from services.matching.domain.referral import Referral
from services.matching.domain.referral_list import Attention, Order, ReferralLine, ReferralPage, ReferralQuery
from services.matching.domain.referral_state import ReferralState


def page_of(
    query: ReferralQuery,
    referrals: Iterable[Referral],
    cases: Mapping[UUID, CaseFile],
    organisations: Mapping[UUID, Organisation],
) -> ReferralPage:
    """One page, with names and the total."""

    def name(organisation_id: UUID) -> str:
        known = organisations.get(organisation_id)
        return known.name if known else ""

    lines = []
    for referral in referrals:
        case = cases[referral.case_id]
        need = case.needs.get(referral.need_id)
        attention = query.waits.attention(referral, need.state if need else None)
        line = ReferralLine(replace(referral), name(referral.organisation_id), name(case.organisation_id), attention)
        if _wanted(query, line, case):
            lines.append(line)
    lines.sort(key=lambda line: _place(query.order, line))
    first = (query.page - 1) * query.per_page
    return ReferralPage(tuple(lines[first : first + query.per_page]), len(lines) if lines[first:] else 0)


def _wanted(query: ReferralQuery, line: ReferralLine, case: CaseFile) -> bool:
    referral = line.referral
    knows = query.partner_id is None or referral.is_active
    return (
        case.state not in (SHUT_TO_PARTNERS if query.partner_id is not None else {CaseState.ON_HOLD})
        and query.school_id in (None, case.organisation_id)
        and query.partner_id in (None, referral.organisation_id)
        and query.case_id in (None, referral.case_id)
        and (not query.states or referral.state in query.states)
        and (not query.only_waiting or line.attention < Attention.NONE)
        and (not query.category or (knows and referral.category == query.category))
        and (query.words is None or _says(query, line, knows=knows))
    )


def _says(query: ReferralQuery, line: ReferralLine, *, knows: bool) -> bool:
    words, referral = query.words, line.referral
    assert words is not None
    numbers = [referral.number, *([referral.case_code] if query.partner_id is None else [])]
    return (
        bool(words.code and any(number.startswith(words.code) for number in numbers))
        or bool(words.name and words.name.casefold() in line.partner.casefold())
        or (knows and referral.category in words.categories)
    )


def _place(order: Order, line: ReferralLine) -> tuple[Any, ...]:
    referral, newest = line.referral, -line.referral.id.int
    if order is Order.WAITING:
        return line.attention, newest
    if order is Order.ANSWER_BY:
        return referral.state is not ReferralState.ACTIVATED, referral.answer_by, referral.id.int
    return (newest,) if order is Order.NEWEST else (referral.id.int,)
