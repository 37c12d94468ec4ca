"""What the desk fills in to add something to read."""

from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from services.community.domain.material import Material
from shared.web.forms import Form, read_form
from shared.web.written import OneLine, SecureWebAddress


class MaterialAddressForm(BaseModel):
    """Which link."""

    model_config = ConfigDict(extra="forbid")

    address: SecureWebAddress = Field(title="Webadres", examples=["https://www.kennis.example/schulden.pdf"])


class MaterialForm(MaterialAddressForm):
    """A link, and what it is about."""

    title: OneLine = Field(title="Waar gaat het over?", examples=["De dia's over schulden"])

    @property
    def material(self) -> Material:
        """As the domain knows it."""
        return Material(self.title, self.address)


async def _read_material(request: Request) -> Form[MaterialForm]:
    return await read_form(request, MaterialForm)


async def _read_address(request: Request) -> Form[MaterialAddressForm]:
    return await read_form(request, MaterialAddressForm)


PostedMaterial = Annotated[Form[MaterialForm], Depends(_read_material)]
PostedMaterialAddress = Annotated[Form[MaterialAddressForm], Depends(_read_address)]
