"""Notify: who gets which mail, and what became of each.

Owns messages: queued, sending, accepted, refused, unknown or withdrawn; never lost. Nothing here holds an address, a
link or a sign-in code. What somebody answers by mail is sealed until that person places it, for a week at most.
Consumes what happened from intake, matching and monitoring, and queues a message in the same transaction. A sender
loop claims queued messages, asks matching for the address (and monitoring for a follow-up link) at that moment, and
hands the letter to the mail server. Mail that comes in is received at a door of its own.
Publishes what became of each message: MessageAccepted, MessageRefused, MessageUnknown, AddressFlagged, and what
came in: MailReceived, MailIgnored.
"""
