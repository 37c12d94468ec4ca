"""Which events community consumes, and what it does then."""

from services.community.handlers.check_ins import ask_to_check_in
from services.community.handlers.leaving import keep_who_is_there
from services.community.handlers.load import keep_families
from services.community.handlers.vision import remember_organisation
from services.community.ports import CommunityUnit
from shared.events.directory import OrganisationListed, PersonListed
from shared.events.in_hand import CheckInDue, FamiliesInHandChanged
from shared.messaging.subscriptions import Subscription, on

SUBSCRIPTIONS: tuple[Subscription[CommunityUnit], ...] = (
    on(PersonListed, keep_who_is_there),
    on(OrganisationListed, remember_organisation),
    on(FamiliesInHandChanged, keep_families),
    on(CheckInDue, ask_to_check_in),
)
