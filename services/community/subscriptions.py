"""Which events community consumes, and what it does then."""

from services.community.handlers.leaving import keep_who_is_there
from services.community.handlers.vision import remember_organisation
from services.community.ports import CommunityUnit
from shared.events.directory import OrganisationListed, PersonListed
from shared.messaging.subscriptions import Subscription, on

SUBSCRIPTIONS: tuple[Subscription[CommunityUnit], ...] = (
    on(PersonListed, keep_who_is_there),
    on(OrganisationListed, remember_organisation),
)
