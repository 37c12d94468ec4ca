"""A sender with the twins of its doors."""

from random import Random

from services.notify.domain.message import Message
from services.notify.ports import Delivery, Letter
from services.notify.sender import Doors, Sender
from tests.twins.mailer import InMemoryAddressBook, InMemoryFollowUpLinks, PlainLetters, RecordingMailer
from tests.unit.notify.scenes import AMBASSADOR, CONTACT, Scene

TEACHER = Delivery("juf@school.example", "Juf Noor")


class Post:
    """A sender with the twins of its doors."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.mailer = RecordingMailer()
        self.addresses = InMemoryAddressBook(
            {AMBASSADOR: TEACHER, CONTACT: Delivery("zoe@fietsen.example", "Zoë", "https://schakel.example/antwoord/x")}
        )
        self.links = InMemoryFollowUpLinks()
        doors = Doors(self.addresses, self.links, PlainLetters(), self.mailer)
        self.sender = Sender(scene.units, doors, random=Random(1))

    def letters(self) -> list[Letter]:
        return self.mailer.inbox

    def message(self) -> Message:
        (message,) = self.scene.messages()
        return message
