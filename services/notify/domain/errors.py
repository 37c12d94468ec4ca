"""What notify refuses, by name."""

from shared.kernel.errors import Missing, Refusal, Transient


class NotRetryable(Refusal):
    """Only a message that was refused, or whose arrival stayed unknown, can be tried again by a person."""

    def __init__(self) -> None:
        super().__init__("not-retryable", "Dit bericht kan niet opnieuw worden verstuurd.")


class MessageNotFound(Missing):
    """There is no such message (any more)."""

    def __init__(self) -> None:
        super().__init__("message-not-found", "Dit bericht is er niet meer.")


class MailedTooOften(Transient):
    """This person got enough mails for now that nobody sent: theirs is taken later."""
