"""A BSN in free text is found; a phone number, a date or an amount is not taken for one. All numbers are invented."""

import pytest

from shared.privacy.bsn import find_bsn, holds_bsn

BSN = "111222333"


@pytest.mark.parametrize(
    "text",
    [
        BSN,
        f"Zijn BSN is {BSN}.",
        f"bsn:{BSN}",
        f"BSN={BSN},",
        f"Amina ({BSN}) woont in Noord",
        "111.222.333",
        "111 222 333",
        "1112 22 333",
        "111-222-333",
        "nummer 123456782 van moeder",
        "burgerservicenummer 010464554",
        "bsn 10464554",
        f"regel een\n{BSN}\nregel drie",
        f"eerst 0612345678 en dan {BSN}",
        f"111222334 klopt niet, {BSN} wel",
        f"\u00a0{BSN}\u00a0",
        f"BSN nr.{BSN}",
        f"BSN-{BSN}",
        f"bsn/{BSN}",
        f"bsn{BSN}",
        f"BSN_{BSN}",
        f"mijnBSN{BSN}",
        f"sofinr {BSN}",
        f"burger-service-nr {BSN}x",
        f"BSN (van haar moeder):{BSN}",
        "bsn 111/222/333",
        "bsn: 111 - 222 - 333",
        f"bsn weet ik niet, later: bsn{BSN}",
        "111  222  333",
        "111 - 222 - 333",
        "111\t222\t333",
        "111222\n333",
        "111\r\n222333",
        "111\u2013222\u2013333",
        "111\u2009222\u2009333",
        "111\u202f222\u202f333",
        "111\u00ad222\u00ad333",
        "111\u200b222\u200b333",
        "\uff11\uff11\uff11\uff12\uff12\uff12\uff13\uff13\uff13",
        "\u0661\u0661\u0661\u0662\u0662\u0662\u0663\u0663\u0663",
        f"x,{BSN}",
        f"nr-{BSN}",
        f"{BSN}/2",
        f"0612345678 {BSN}",
        f"{BSN} 06-12345678",
        f"geboren 31-12-2017 {BSN}",
        "010464554 2 kinderen",
    ],
)
def test_bsn_in_text_is_found(text: str) -> None:
    assert holds_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Amina fietst graag.",
        "111222334",
        "06 12345678",
        "06-12345678",
        "0612345678",
        "010-4645540",
        "+31 6 12345678",
        "+31612345678",
        "0031612345678",
        "31-12-2017",
        "2017-12-31",
        "31 12 2017",
        "20171231",
        "NL91ABNA0417164300",
        "€ 1112,22",
        "111222333444",
        "1111222333",
        "000000000",
        "3111 AB 12",
        "kenmerk ACDE-3467",
        "01890a5d-ac96-774b-bcce-b302099a8057",
        "bsn weet ik niet, bel 0612345678",
        "bsn staat in de brief van 31-12-2017",
        "bsn 1111222333",
        # The end of a number that is something else, and what stands behind it: together they would pass the test.
        "geboren 31-12-2017\n4 broers",
        "geboren 31 12 2017  4 broers",
        "2017-12-31\t3",
        "06 12345678\n2 kinderen",
        "06-12345678 2 kinderen",
        "(06) 12345678 - 2 kinderen",
        "010 4645540\n19 jaar",
        "010-4645540 19 jaar",
        "+31 6 61000011",
        "0031 6 6100 0011",
        "+31 (0)6 12345678 2",
        "NL91 ABNA 0417 1643 00 107",
        "\u20ac 1.250.000 17",
    ],
)
def test_text_without_a_bsn_is_let_through(text: str) -> None:
    assert find_bsn(text) is None


def test_bsn_is_returned_as_it_was_written() -> None:
    assert find_bsn("zie 111.222.333, graag") == "111.222.333"
