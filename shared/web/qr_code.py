"""An address, or whatever an app reads, as a picture for a phone."""

import segno
from markupsafe import Markup


def qr_code(content: str, *, scale: int | None = None) -> Markup:
    """Drawn for paper: as large as its place and readable with a stain on it; or of a fixed size (`scale`)."""
    if scale is not None:
        return Markup(segno.make(content, micro=False).svg_inline(scale=scale, light="#fff"))  # noqa: S704 - drawn here
    picture = segno.make(content, micro=False, error="m")
    return Markup(picture.svg_inline(omitsize=True, border=2, light="#fff"))  # noqa: S704 - drawn by the library
