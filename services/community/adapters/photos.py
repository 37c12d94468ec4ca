"""Photos of people, drawn anew with Pillow: nothing of the file that was sent stays but the picture."""

import io
import warnings
from hashlib import sha256
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from services.community.domain.card_errors import PhotoTooLarge, PhotoUnreadable
from services.community.ports.cards import Photo

FORMATS: Final = ("JPEG", "PNG", "WEBP")
# A picture of few bytes can unfold to one that fills the memory: it is measured before it is unfolded.
MOST_DOTS: Final = 40_000_000
LARGE: Final = (640, 640)
SMALL: Final = (160, 160)
QUALITY: Final = 85


class PillowPhotos:
    """Any JPEG, PNG or WebP becomes two squares."""

    def make(self, content: bytes) -> Photo:
        picture = _opened(content)
        large, small = _drawn(picture, LARGE), _drawn(picture, SMALL)
        return Photo(sha256(large).hexdigest(), large, small)


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            found = Image.open(io.BytesIO(content), formats=FORMATS)
            if found.width * found.height > MOST_DOTS:
                raise PhotoTooLarge
            # A phone tells in EXIF which side is up, and that does not stay.
            return ImageOps.exif_transpose(found).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoTooLarge from None
    # Whatever a broken file makes the decoders say.
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise PhotoUnreadable from None


def _drawn(picture: Image.Image, size: tuple[int, int]) -> bytes:
    square = ImageOps.fit(picture, size)
    # A picture without any of what its file told.
    plain = Image.frombytes("RGB", square.size, square.tobytes())
    drawn = io.BytesIO()
    plain.save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return drawn.getvalue()
