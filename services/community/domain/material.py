"""What people can read with a gathering. No files are kept: it stands somewhere else."""

from dataclasses import dataclass
from typing import Final

MOST_MATERIALS: Final = 8


@dataclass(frozen=True, slots=True)
class Material:
    """A link: what it is about, and where it stands."""

    title: str
    address: str
