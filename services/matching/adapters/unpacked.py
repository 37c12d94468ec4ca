"""What is in a packed file. It is counted while it is unpacked: what says that it is small may be large."""

import io
import zipfile
import zlib
from typing import Final

MOST_BYTES: Final = 200_000_000
MOST_FILES: Final = 2_000
_AT_ONCE: Final = 1_000_000
TOO_LARGE: Final = f"uitgepakt is dit te groot: hooguit {MOST_BYTES // 1_000_000} MB"


class TooLarge(ValueError):
    """More comes out of this than anybody's map holds."""


class Unpacked:
    """A zip file, by the names of what is in it. Raises zipfile.BadZipFile, TooLarge."""

    def __init__(self, raw: bytes) -> None:
        self.files: dict[str, bytes] = {}
        left = MOST_BYTES
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            inside = [one for one in packed.infolist() if not one.is_dir()]
            if len(inside) > MOST_FILES:
                raise TooLarge
            for one in inside:
                if one.flag_bits & 1:
                    raise zipfile.BadZipFile("it has a password")
                self.files[one.filename] = _read(packed, one, left)
                left -= len(self.files[one.filename])

    def packed_again(self) -> bytes:
        """The same files, as large as they are."""
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as packed:
            for name, content in self.files.items():
                packed.writestr(name, content)
        return written.getvalue()


def _read(packed: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes:
    content = bytearray()
    try:
        with packed.open(one) as opened:
            while part := opened.read(_AT_ONCE):
                content += part
                if len(content) > most:
                    raise TooLarge
    except (RuntimeError, EOFError, OSError, zlib.error) as wrong:
        raise zipfile.BadZipFile(str(wrong)) from wrong
    return bytes(content)
