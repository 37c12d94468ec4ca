"""How much is forgotten in one go, so that nothing waits long for it."""

from typing import Final

FORGOTTEN_AT_ONCE: Final = 500
