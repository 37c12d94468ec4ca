"""One function per command or event: load, decide, store, append."""

from services.intake.handlers.cases import (
    acknowledge_request,
    close_case,
    complete_inventory,
    erase_case,
    raise_new_question,
    reopen_case,
    start_inventory,
    withdraw_case,
)
from services.intake.handlers.heard import (
    follow_referral,
    know_person,
    list_organisation,
    list_service,
    note_on_timeline,
    record_follow_up,
    see_nobody_found,
)
from services.intake.handlers.keys import create_api_key, hash_of, list_api_keys, opening_key, revoke_api_key
from services.intake.handlers.requests import submit_request, submit_requests
from services.intake.handlers.showing import (
    CaseView,
    NeedView,
    left_or_moved,
    open_dossier,
    organisations,
    show_case,
    show_cases,
)

__all__ = [
    "CaseView",
    "NeedView",
    "acknowledge_request",
    "close_case",
    "complete_inventory",
    "create_api_key",
    "erase_case",
    "follow_referral",
    "hash_of",
    "know_person",
    "left_or_moved",
    "list_api_keys",
    "list_organisation",
    "list_service",
    "note_on_timeline",
    "open_dossier",
    "opening_key",
    "organisations",
    "raise_new_question",
    "record_follow_up",
    "reopen_case",
    "revoke_api_key",
    "see_nobody_found",
    "show_case",
    "show_cases",
    "start_inventory",
    "submit_request",
    "submit_requests",
    "withdraw_case",
]
