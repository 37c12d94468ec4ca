"""How a question to a partner, or its help, ended: the reasons in plain Dutch, in words that can follow a comma."""

from collections.abc import Mapping

from shared.events.referral_codes import DeclineReason, FailureReason, RestOfNeed, WithdrawReason

DECLINE_REASONS: Mapping[str, str] = {
    DeclineReason.NO_CAPACITY: "nu geen plek",
    DeclineReason.NOT_OUR_EXPERTISE: "dit is niet hun werk",
    DeclineReason.OUTSIDE_AREA: "het gezin woont buiten hun gebied",
    DeclineReason.CRITERIA_NOT_MET: "het past niet bij hun regels",
    DeclineReason.OTHER: "een andere reden",
}
FAILURE_REASONS: Mapping[str, str] = {
    FailureReason.PARTNER_STOPPED: "de partner stopte",
    FailureReason.FAMILY_STOPPED: "het gezin stopte",
    FailureReason.NO_CONTACT: "er kwam geen contact",
    FailureReason.RULES: "de regels stonden in de weg",
    FailureReason.OTHER: "een andere reden",
}
WITHDRAW_REASONS: Mapping[str, str] = {
    WithdrawReason.CASE_WITHDRAWN: "de aanvraag is ingetrokken",
    WithdrawReason.CASE_CLOSED: "de aanvraag is afgerond",
    WithdrawReason.NEED_GONE: "het is niet meer nodig",
    WithdrawReason.REPLACED: "iemand anders is gevraagd",
    WithdrawReason.DESK_CHOICE: "we kozen een andere partner",
    WithdrawReason.FAMILY_STOPPED: "het gezin stopte met deze partner",
}
# After help that helped for a part.
RESTS: Mapping[str, str] = {
    RestOfNeed.LOOK_FURTHER: "voor de rest zoeken we verder",
    RestOfNeed.ENOUGH_FOR_NOW: "de rest hoeft nu niet",
    RestOfNeed.FAMILY_GOES_ON_ALONE: "met de rest gaat het gezin zelf verder",
}
