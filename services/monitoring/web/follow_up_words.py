"""What is asked in a follow-up and what can be answered; what a family answers itself is there in other languages too.

`{desk}` and `{Desk}` as in `words`, which fills them in.
"""

from shared.events.case_codes import CallTime, FamilyMood
from shared.events.monitoring import FollowUpAnswer
from shared.kernel.translatable import to_translate

# The choice, and what happens then.
ANSWERS: dict[FollowUpAnswer, tuple[str, str]] = {
    FollowUpAnswer.GOING_WELL: (to_translate("Het gaat goed"), "We vragen het later nog een keer."),
    FollowUpAnswer.NOT_WELL: (to_translate("Het gaat niet goed"), "{Desk} belt je om te vragen wat er nodig is."),
    FollowUpAnswer.NEW_QUESTION: (
        to_translate("Er is een nieuwe vraag"),
        "Je vult samen met het gezin in wat er nu nodig is.",
    ),
    FollowUpAnswer.CALL_ME: ("Bel mij", "Iemand van {desk} belt je."),
    FollowUpAnswer.DO_NOT_KNOW: ("Ik weet het niet", "Over een week vragen we het nog een keer."),
    FollowUpAnswer.LEFT_SCHOOL: ("Het kind is van school", "{Desk} zoekt met je uit wie het gezin nu kent."),
}
SAID_BY_FAMILY = (FollowUpAnswer.GOING_WELL, FollowUpAnswer.NOT_WELL, FollowUpAnswer.NEW_QUESTION)
MOODS: dict[FamilyMood, str] = {
    FamilyMood.BETTER: to_translate("Beter dan eerst"),
    FamilyMood.SAME: to_translate("Ongeveer hetzelfde"),
    FamilyMood.HARDER: to_translate("Moeilijker dan eerst"),
}
CALL_TIMES: dict[CallTime, str] = {
    CallTime.ANY_TIME: "Het maakt niet uit",
    CallTime.MORNING: "In de ochtend",
    CallTime.AFTERNOON: "In de middag",
}
