"""What community does by itself: it plans the next dates of each series, sees that what is over
counts as held, keeps offers and reminders to their time, and forgets who came.
"""

from collections.abc import Mapping
from datetime import timedelta

from services.community.handlers.around import REMIND, forget_who_came, remind
from services.community.handlers.article_feedback import forget_feedback
from services.community.handlers.card_codes import forget_codes
from services.community.handlers.card_mails import forget_card_mails
from services.community.handlers.cards import ask_about_cards
from services.community.handlers.company import (
    COMPANION_ASK_ENDS,
    COMPANY_WAS,
    REMIND_COMPANY,
    ask_how_company_went,
    end_companion_ask,
    forget_company,
    remind_company,
)
from services.community.handlers.contacts import forget_contacts
from services.community.handlers.examples import forget_examples
from services.community.handlers.expertise import EXPERT_ASK_ENDS, end_expert_ask, forget_asks
from services.community.handlers.feeds import forget_old_feeds
from services.community.handlers.following import forget_followers
from services.community.handlers.gatherings import close_what_is_over
from services.community.handlers.hosting import HOST_TURN_ENDS, end_host_turn
from services.community.handlers.introductions import forget_introductions
from services.community.handlers.invitations import ask_again, forget_invitations
from services.community.handlers.invited import ASK_AGAIN
from services.community.handlers.knowledge_reviews import ask_owners
from services.community.handlers.load import tell_who_is_busy
from services.community.handlers.needs_round import (
    OUTCOME_DUE,
    forget_loose_wishes,
    tell_that_outcome_is_due,
)
from services.community.handlers.notices import end_notices, forget_notices
from services.community.handlers.seats import OFFER_ENDS, end_offer
from services.community.handlers.series import plan_next_dates
from services.community.handlers.sparring import (
    ASK_HELPED,
    ASK_OTHERS,
    FOR_DESK,
    REMIND_ASKED,
    ask_others,
    remind_asked,
    tell_desk,
)
from services.community.handlers.sparring_outcome import ask_whether_it_helped, forget_questions
from services.community.handlers.thanks import forget_thanks
from services.community.handlers.topics import forget_topics
from services.community.handlers.trainings import look_at_trainings
from services.community.ports import CommunityUnit
from shared.messaging.schedule import Every, TimerHandler

TIMERS: Mapping[str, TimerHandler[CommunityUnit]] = {
    OFFER_ENDS: end_offer,
    REMIND: remind,
    HOST_TURN_ENDS: end_host_turn,
    ASK_AGAIN: ask_again,
    EXPERT_ASK_ENDS: end_expert_ask,
    COMPANION_ASK_ENDS: end_companion_ask,
    REMIND_COMPANY: remind_company,
    COMPANY_WAS: ask_how_company_went,
    OUTCOME_DUE: tell_that_outcome_is_due,
    REMIND_ASKED: remind_asked,
    ASK_OTHERS: ask_others,
    FOR_DESK: tell_desk,
    ASK_HELPED: ask_whether_it_helped,
}
JOBS: tuple[Every[CommunityUnit], ...] = (
    Every("plan the next dates", timedelta(hours=1), plan_next_dates),
    Every("forget who came", timedelta(hours=1), forget_who_came),
    Every("forget loose wishes", timedelta(hours=1), forget_loose_wishes),
    Every("forget invitations", timedelta(hours=1), forget_invitations),
    Every("forget introductions", timedelta(hours=1), forget_introductions),
    Every("end what was asked and offered", timedelta(hours=1), end_notices),
    Every("forget what was asked and offered", timedelta(hours=1), forget_notices),
    Every("forget who went along", timedelta(hours=1), forget_company),
    Every("forget old feeds", timedelta(days=1), forget_old_feeds),
    Every("forget who followed", timedelta(hours=1), forget_followers),
    Every("forget examples", timedelta(hours=1), forget_examples),
    Every("forget questions", timedelta(hours=1), forget_questions),
    Every("forget topics", timedelta(hours=1), forget_topics),
    Every("forget who was asked", timedelta(hours=1), forget_asks),
    Every("ask owners of articles", timedelta(hours=1), ask_owners),
    Every("forget feedback on articles", timedelta(days=1), forget_feedback),
    Every("ask whether cards are right", timedelta(hours=1), ask_about_cards),
    Every("look at trainings", timedelta(hours=1), look_at_trainings),
    Every("forget what people wrote each other", timedelta(hours=1), forget_card_mails),
    Every("forget codes of cards", timedelta(days=1), forget_codes),
    Every("forget who was in touch", timedelta(days=1), forget_contacts),
    Every("tell who is busy", timedelta(minutes=1), tell_who_is_busy),
    Every("forget thanks", timedelta(days=1), forget_thanks),
    Every("close what is over", timedelta(minutes=5), close_what_is_over),
)
