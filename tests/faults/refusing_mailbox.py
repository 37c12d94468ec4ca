"""A mailbox that says no (5xx) to the first mail about a partner's yes: `python -m tests.faults.refusing_mailbox`."""

from unittest import mock

from typing_extensions import override

from deploy.demo.mailbox import Mailbox
from deploy.demo.mailbox import __main__ as program

REFUSED = b"Goed nieuws"


class OnceRefusing(Mailbox):
    """Takes all but that one."""

    has_refused = False

    @override
    def take(self, content: bytes, readers: list[str]) -> None:
        if REFUSED in content and not self.has_refused:
            self.has_refused = True
            msg = "this mail is not taken"
            raise ValueError(msg)
        super().take(content, readers)


if __name__ == "__main__":
    with mock.patch.object(program, "Mailbox", OnceRefusing):
        program.main()
