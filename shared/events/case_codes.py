"""Codes of the facts about a case: whose wish a rest is, what is missing, how often to ask, and how it ends."""

from enum import StrEnum


class NeedResult(StrEnum):
    """What became of one need when a person closes the case; every need has one."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"
    NO_LONGER_WANTED = "no-longer-wanted"
    ELSEWHERE = "elsewhere"


class PauseWish(StrEnum):
    """Whose wish it is that a case rests."""

    FAMILY = "family"
    AMBASSADOR = "ambassador"
    TOGETHER = "together"


class MissingPart(StrEnum):
    """What the desk misses in a request that it gives back."""

    WHAT_IS_NEEDED = "what-is-needed"
    FOR_WHOM = "for-whom"
    CONSENT = "consent"
    HOW_TO_REACH_THE_FAMILY = "how-to-reach-the-family"
    SOMETHING_ELSE = "something-else"


class FollowUpRhythm(StrEnum):
    """How often somebody asks how the child is doing, as family and school agreed."""

    CITY_PLAN = "city-plan"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    STOPPED = "stopped"


class FamilyQuestion(StrEnum):
    """What a family asks of its ambassador on its own page."""

    NOT_RIGHT = "not-right"
    WHY_SEEN = "why-seen"


class SignalEnd(StrEnum):
    """How an early signal ended."""

    BECAME_REQUEST = "became-request"
    NO_LONGER_NEEDED = "no-longer-needed"
    EXPIRED = "expired"


class UnusualReading(StrEnum):
    """Why the desk must look at what somebody read."""

    MANY_FILES = "many-files"
    # In the place of a colleague who is away, of a case that was over before it.
    WITHOUT_TASK = "without-task"


class CloseReason(StrEnum):
    """Why a case is closed."""

    ALL_NEEDS_MET = "all-needs-met"
    FAMILY_CONTINUES_ALONE = "family-continues-alone"
    MOVED_AWAY = "moved-away"
    OTHER_SUPPORT = "other-support"


class FamilyMood(StrEnum):
    """How the family itself is doing, when they want to say."""

    BETTER = "better"
    SAME = "same"
    HARDER = "harder"


class CallTime(StrEnum):
    """When the ambassador likes to be called."""

    ANY_TIME = "any-time"
    MORNING = "morning"
    AFTERNOON = "afternoon"
