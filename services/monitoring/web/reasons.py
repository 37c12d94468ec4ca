"""Why a case is on the coordinators' list, in plain Dutch. `{desk}` and `{ambassador}` are as in `words.py`."""

from shared.events.monitoring import EscalationReason

# What is the matter, and what a coordinator can do about it.
REASONS: dict[EscalationReason, tuple[str, str]] = {
    EscalationReason.NEW_REQUEST: (
        "Er is een nieuwe aanvraag",
        "Lees de aanvraag, en meld dat je hem gezien hebt.",
    ),
    EscalationReason.NO_PARTNER_FOUND: (
        "Niemand gevonden die kan helpen",
        "Zoek samen met de {ambassador} iemand buiten de sociale kaart.",
    ),
    EscalationReason.PARTNER_SILENT: (
        "De partner antwoordt niet",
        "Bel de partner. Wordt iemand anders gevraagd, dan verdwijnt dit punt vanzelf.",
    ),
    EscalationReason.FIRST_CONTACT_LATE: (
        "Het eerste contact is nog niet gemeld",
        "Bel de partner of de {ambassador}: heeft het gezin al iemand gesproken?",
    ),
    EscalationReason.HANDOVER_LATE: (
        "Nog niet gemeld of ze samen kennismaakten",
        "Bel de partner of de {ambassador}: ging de afspraak door?",
    ),
    EscalationReason.CONFIRMATION_LATE: (
        "Niemand vroeg het gezin nog of de hulp hielp",
        "Vraag de {ambassador} om het gezin te bellen.",
    ),
    EscalationReason.INVENTORY_LATE: (
        "Het gesprek met het gezin is er nog niet",
        "Bel de {ambassador}: wat is er nodig om het gesprek met het gezin te voeren?",
    ),
    EscalationReason.HOME_VISIT_LATE: (
        "Nog niet gemeld of het huisbezoek er was",
        "Bel de {ambassador}: ging het huisbezoek door?",
    ),
    EscalationReason.CONSENT_OUTGROWN: (
        "Het kind is ouder: er is opnieuw toestemming nodig",
        "Bel de {ambassador}: wie vraagt het gezin opnieuw om toestemming? Tot dan vragen we geen nieuwe partner.",
    ),
    EscalationReason.DELETION_UNCONFIRMED: (
        "Een partner zei nog niet dat alles gewist is",
        "Het gezin stopte met deze partner. Bel de partner: wat is gewist, en wat moet blijven van de wet?",
    ),
    EscalationReason.QUESTION_UNANSWERED: (
        "Een partner wacht op antwoord op een vraag",
        "Bel de {ambassador}. Zolang er geen antwoord is, kan de partner geen ja zeggen.",
    ),
    EscalationReason.FAMILY_UNANSWERED: (
        "Het gezin vroeg iets, en niemand praatte erover",
        "Bel de {ambassador}: wat het gezin op zijn eigen pagina vroeg, wacht op antwoord.",
    ),
    EscalationReason.WAITLIST_LATE: (
        "De partner zou nu kunnen beginnen, en deed dat nog niet",
        "Bel de partner: lukt het nu, of vraagt het gezin liever een ander?",
    ),
    EscalationReason.HELP_NOT_STARTED: (
        "De hulp is nog niet begonnen",
        "Ze hebben kennisgemaakt, en daarna gebeurde er niets. Bel de partner.",
    ),
    EscalationReason.HELP_FAILED: (
        "De hulp stopte of hielp niet",
        "Vraag de {ambassador} wat er nu nodig is.",
    ),
    EscalationReason.FAMILY_WISH_UNKNOWN: (
        "De hulp stopte, en we weten niet wat het gezin wil",
        "Bel de {ambassador}: wil het gezin dat we iemand anders vragen?",
    ),
    EscalationReason.NOT_GOING_WELL: (
        "Het gaat niet goed met het kind",
        "Bel de {ambassador}: wat is er nu nodig?",
    ),
    EscalationReason.LEFT_SCHOOL: (
        "Het kind is van school",
        "Bel de {ambassador}: wie is nu het eerste contact van dit gezin?",
    ),
    EscalationReason.CHILD_WITHOUT_HELP: (
        "Alleen de ouders krijgen hulp",
        "Voor het kind zelf is niets gevraagd, of er is niets gelukt. Vraag de {ambassador} wat het kind nodig heeft.",
    ),
    EscalationReason.CALL_ASKED: (
        "De {ambassador} wil gebeld worden",
        "Bel de {ambassador}.",
    ),
    EscalationReason.OUT_OF_SIGHT: (
        "Dit kind is uit het oog",
        "Niemand kijkt nu naar dit kind om. Bel de {ambassador}, vandaag nog.",
    ),
    EscalationReason.PLAN_FINISHED: (
        "Alle vervolgvragen zijn gesteld",
        "Beslis met de {ambassador}: afronden, of blijven volgen?",
    ),
    EscalationReason.MAIL_NOT_DELIVERED: (
        "Een mail kwam niet aan",
        "Kijk bij Berichten welke mail het is, en laat het adres herstellen.",
    ),
    EscalationReason.PARTNER_NOT_WANTED: (
        "Een partner helpt al, en het gezin wil die hulp of die partner niet meer",
        "Bespreek met de {ambassador} en de partner hoe het verder gaat.",
    ),
}
