"""Addresses as people have them: a plus, an apostrophe, letters of another alphabet behind the @."""

import pytest

from shared.kernel.contact_details import BadContactDetail, email_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Sam+kaart@Proef.example", "Sam+kaart@proef.example"),
        ("o'brien@proef.example", "o'brien@proef.example"),
        (" sam@proef.example ", "sam@proef.example"),
        ("sam@café.example", "sam@café.example"),
        ("sam@cafe\u0301.example", "sam@café.example"),
        ("sam@xn--caf-dma.example", "sam@café.example"),
    ],
)
def test_address_with_a_plus_an_apostrophe_or_an_accent_in_its_domain_is_taken(typed: str, kept: str) -> None:
    assert email_address(typed) == kept


@pytest.mark.parametrize(
    "typed", ["zoë@proef.example", "sam@proef.example; jan@proef.example", "sam(at)proef.example", "sam.@proef.example"]
)
def test_address_that_no_mail_reaches_is_refused_with_a_good_one(typed: str) -> None:
    with pytest.raises(BadContactDetail) as refused:
        email_address(typed)
    assert refused.value.example == "naam@organisatie.nl"
