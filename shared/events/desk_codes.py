"""Codes of what the desk does: why it chooses, what it answers, and why there is no help."""

from enum import StrEnum
from uuid import UUID

from shared.events.base import CaseCode, Frozen


class Resolution(StrEnum):
    """What a person did about a point on the desk's list; codes, because words about people have no place here."""

    CALLED_AMBASSADOR = "called-ambassador"
    CALLED_PARTNER = "called-partner"
    ASKED_OTHER_PARTNER = "asked-other-partner"
    FIXED_ADDRESS = "fixed-address"
    KEEP_WATCHING = "keep-watching"
    NO_LONGER_NEEDED = "no-longer-needed"


class TakeOverReason(StrEnum):
    """Why somebody of the desk takes a point over from a colleague."""

    COLLEAGUE_AWAY = "colleague-away"
    AGREED_TOGETHER = "agreed-together"
    CANNOT_WAIT = "cannot-wait"
    KNOWS_FAMILY = "knows-family"


class WaitReason(StrEnum):
    """Why there is nothing to do about a point until a day."""

    AMBASSADOR_FINDS_OUT = "ambassador-finds-out"
    PARTNER_FINDS_OUT = "partner-finds-out"
    APPOINTMENT_MADE = "appointment-made"
    FAMILY_NEEDS_TIME = "family-needs-time"
    HOLIDAYS = "holidays"


class ChoiceReason(StrEnum):
    """Why the desk asks this partner, or passes one over, against the order of the ranking."""

    FAMILY_WISH = "family-wish"
    AMBASSADOR_WISH = "ambassador-wish"
    AGREED_BY_PHONE = "agreed-by-phone"
    KNOWS_FAMILY = "knows-family"
    FITS_BETTER = "fits-better"
    NO_ANSWER = "no-answer"
    OTHER = "other-reason"


class PostponeReason(StrEnum):
    """Why the desk looks for nobody for a need until a day."""

    PLACE_COMES = "place-comes"
    OFFER_STARTS_LATER = "offer-starts-later"
    FAMILY_NEEDS_TIME = "family-needs-time"
    AMBASSADOR_FINDS_OUT = "ambassador-finds-out"
    HOLIDAYS = "holidays"
    OTHER = "other-reason"


class UnavailableReason(StrEnum):
    """Why there is no help for a need in this city; kept for the report."""

    NOBODY_OFFERS_THIS = "nobody-offers-this"
    NO_PLACE_ANYWHERE = "no-place-anywhere"
    RULES_SHUT_FAMILY_OUT = "rules-shut-family-out"
    TOO_EXPENSIVE = "too-expensive"
    OTHER = "other-reason"


class ApplicationRefusal(StrEnum):
    """Why the desk says no to a request to join."""

    OUTSIDE_THE_CITY = "outside-the-city"
    NOT_FOR_CHILDREN = "not-for-children"
    ALREADY_KNOWN = "already-known"
    NOT_RELIABLE = "not-reliable"
    OTHER = "other-reason"


class RemindedCase(Frozen):
    """One of the cases about which the desk asks in one mail."""

    case_id: UUID
    case_code: CaseCode


class SignInPurpose(StrEnum):
    """What a mailed code is for."""

    SIGN_IN = "sign-in"
