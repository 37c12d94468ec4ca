"""What notify refuses, by name."""

from shared.kernel.errors import Missing, Refusal


class NotRetryable(Refusal):
    """Only a message that was refused, or whose arrival stayed unknown, can be tried again by a person."""


class MessageNotFound(Missing):
    """There is no such message (any more)."""
