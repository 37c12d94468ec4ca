"""Codes of the facts about a referral: why it is not, how family and partner met, and what the family says."""

from enum import StrEnum


class DeclineReason(StrEnum):
    """Why a partner cannot help now; every one of them is fine."""

    NO_CAPACITY = "no-capacity"
    NOT_OUR_EXPERTISE = "not-our-expertise"
    OUTSIDE_AREA = "outside-area"
    CRITERIA_NOT_MET = "criteria-not-met"
    OTHER = "other"


class FailureReason(StrEnum):
    """Why help that was under way stopped."""

    PARTNER_STOPPED = "partner-stopped"
    FAMILY_STOPPED = "family-stopped"
    NO_CONTACT = "no-contact"
    RULES = "rules"
    OTHER = "other"


class HandoverKind(StrEnum):
    """Warm: ambassador, contact person and family together. Cold is an exception, with a reason."""

    WARM = "warm"
    COLD = "cold"


class ColdReason(StrEnum):
    """Why family and partner begin without meeting together with the ambassador."""

    FAMILY_WISH = "family-wish"
    KNOW_EACH_OTHER = "know-each-other"
    NO_DAY_FOUND = "no-day-found"
    HELP_COULD_NOT_WAIT = "help-could-not-wait"
    ONLY_GOODS = "only-goods"


class Party(StrEnum):
    """Whose word it is: the ambassador also speaks for the family."""

    AMBASSADOR = "ambassador"
    PARTNER = "partner"


class RestOfNeed(StrEnum):
    """What happens with a need that the help met for a part."""

    LOOK_FURTHER = "look-further"
    ENOUGH_FOR_NOW = "enough-for-now"
    FAMILY_GOES_ON_ALONE = "family-goes-on-alone"


class WithdrawReason(StrEnum):
    """Why a referral was taken back. `desk-choice`: the desk passed this partner over, or asked another one.

    `family-stopped`: the family takes back what it allowed this partner, which deletes what it wrote down.
    """

    CASE_WITHDRAWN = "case-withdrawn"
    CASE_CLOSED = "case-closed"
    NEED_GONE = "need-gone"
    REPLACED = "replaced"
    DESK_CHOICE = "desk-choice"
    FAMILY_STOPPED = "family-stopped"


class Outcome(StrEnum):
    """What the family says of the help."""

    HELPED = "helped"
    PARTLY = "partly"
    NOT_HELPED = "not-helped"
