"""Notify owns messages: who gets which mail, sending, retrying, and what became of each.

It hears from intake, matching and monitoring what happened, and queues a message in the same transaction.
A sender loop claims queued messages, asks matching for the address (and monitoring for a follow-up link) at that
moment, and hands the letter to the mail server. Nothing here holds an address, a link or a sign-in code.
It says what became of each message: MessageAccepted, MessageRefused, MessageUnknown, and AddressFlagged.
A message is queued, sending, accepted, refused, unknown or withdrawn; never lost.
"""
