"""A sender with the twins of what it asks outside."""

from random import Random

from services.notify.domain.letter import Delivery, Letter
from services.notify.domain.message import Message
from services.notify.sender.composing import Composer
from services.notify.sender.loop import Sender
from shared.kernel.spans import Spans
from tests.twins.mailer import InMemoryAddressBook, InMemoryFollowUpLinks, PlainLetters, RecordingMailer
from tests.unit.notify.builders import AMBASSADOR, CONTACT
from tests.unit.notify.twin import Notify

TEACHER = Delivery("juf@school.example", "Juf Noor")


class Post:
    """A sender with the twins of what it asks outside."""

    def __init__(self, notify: Notify) -> None:
        self.notify = notify
        self.mailer = RecordingMailer()
        self.addresses = InMemoryAddressBook(
            {AMBASSADOR: TEACHER, CONTACT: Delivery("zoe@fietsen.example", "Zoë", "https://schakel.example/antwoord/x")}
        )
        self.links = InMemoryFollowUpLinks()
        composer = Composer(self.addresses, self.links, PlainLetters())
        self.sender = Sender(notify.units, composer, self.mailer, random=Random(1), spans=Spans("notify"))

    def letters(self) -> list[Letter]:
        return self.mailer.inbox

    def message(self) -> Message:
        (message,) = self.notify.messages()
        return message
