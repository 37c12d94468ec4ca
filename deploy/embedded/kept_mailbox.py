"""The mailbox of an embedded Schakel: a mail that was taken is there after a restart, as at any mail server."""

from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override

from deploy.demo.mailbox import Mailbox

READERS = b"X-Envelope-To: "
END = b"\r\n"


@dataclass
class KeptMailbox(Mailbox):
    """Keeps each mail in a file of its own in `folder`, before the sender hears that it was taken."""

    folder: Path = Path("mail")

    def __post_init__(self) -> None:
        """Take up what is there."""
        super().__post_init__()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files = sorted(self.folder.glob("*.eml"))
        for file in files[: -self.keep]:
            file.unlink()
        for file in files[-self.keep :]:
            readers, _, content = file.read_bytes().partition(END)
            super().take(content, readers.removeprefix(READERS).decode().split(","))
        self._next = int(files[-1].stem) + 1 if files else 1

    @override
    def take(self, content: bytes, readers: list[str]) -> None:
        """Keep a mail for each of its readers."""
        new = self.folder / f"{self._next:08}.new"
        new.write_bytes(READERS + ",".join(readers).encode() + END + content)
        new.rename(new.with_suffix(".eml"))
        self._next += 1
        super().take(content, readers)
