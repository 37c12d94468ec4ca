"""What the desk did and chose, in plain Dutch. `{desk}` and `{ambassador}` are as in `words.py`."""

from services.monitoring.domain.referral import ReferralEnd
from services.monitoring.web.endings import DECLINE_REASONS, FAILURE_REASONS, WITHDRAW_REASONS
from shared.events.desk_codes import ChoiceReason, Resolution, TakeOverReason, UnavailableReason, WaitReason

# After the name of who did it and a colon.
DONE: dict[str, str] = {
    Resolution.CALLED_AMBASSADOR: "{ambassador} gebeld",
    Resolution.CALLED_PARTNER: "partner gebeld",
    Resolution.ASKED_OTHER_PARTNER: "iemand anders om hulp gevraagd",
    Resolution.FIXED_ADDRESS: "mailadres hersteld",
    Resolution.KEEP_WATCHING: "we blijven dit kind volgen",
    Resolution.NO_LONGER_NEEDED: "dit is niet meer nodig",
}
TAKE_OVER_REASONS: dict[str, str] = {
    TakeOverReason.COLLEAGUE_AWAY: "Mijn collega is er nu niet",
    TakeOverReason.AGREED_TOGETHER: "Dat hebben we afgesproken",
    TakeOverReason.CANNOT_WAIT: "Het kan niet wachten",
    TakeOverReason.KNOWS_FAMILY: "Ik ken dit gezin of deze school",
}
WAIT_REASONS: dict[str, str] = {
    WaitReason.AMBASSADOR_FINDS_OUT: "De {ambassador} zoekt iets uit",
    WaitReason.PARTNER_FINDS_OUT: "De partner zoekt iets uit",
    WaitReason.APPOINTMENT_MADE: "Er is een afspraak gemaakt",
    WaitReason.FAMILY_NEEDS_TIME: "Het gezin heeft tijd nodig",
    WaitReason.HOLIDAYS: "Het is vakantie",
}
CHOICE_REASONS: dict[str, str] = {
    ChoiceReason.FAMILY_WISH: "het gezin wil dit graag",
    ChoiceReason.AMBASSADOR_WISH: "de {ambassador} wil dit graag",
    ChoiceReason.AGREED_BY_PHONE: "zo afgesproken aan de telefoon",
    ChoiceReason.KNOWS_FAMILY: "deze partner kent het gezin",
    ChoiceReason.FITS_BETTER: "deze partner past beter",
    ChoiceReason.NO_ANSWER: "er kwam geen antwoord",
    ChoiceReason.OTHER: "een andere reden",
}
UNAVAILABLE_REASONS: dict[str, str] = {
    UnavailableReason.NOBODY_OFFERS_THIS: "niemand biedt dit aan",
    UnavailableReason.NO_PLACE_ANYWHERE: "er is nergens plek",
    UnavailableReason.RULES_SHUT_FAMILY_OUT: "dit gezin valt buiten de regels",
    UnavailableReason.TOO_EXPENSIVE: "het is te duur",
    UnavailableReason.OTHER: "een andere reden",
}
# How a question to a partner ended; then why.
ENDS: dict[ReferralEnd, str] = {
    ReferralEnd.DECLINED: "nee gezegd",
    ReferralEnd.REDIRECTED: "wees een andere partner aan",
    ReferralEnd.EXPIRED: "antwoordde niet op tijd",
    ReferralEnd.WITHDRAWN: "de vraag is ingetrokken",
    ReferralEnd.FAILED: "de hulp stopte",
}
END_REASONS: dict[ReferralEnd, dict[str, str]] = {
    ReferralEnd.DECLINED: dict(DECLINE_REASONS),
    ReferralEnd.WITHDRAWN: dict(WITHDRAW_REASONS),
    ReferralEnd.FAILED: dict(FAILURE_REASONS),
}
