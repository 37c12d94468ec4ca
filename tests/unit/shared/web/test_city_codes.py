"""A code in what is sent is one that the city offers, and the API's description says which those are."""

from typing import Annotated

import pytest
from pydantic import BaseModel, Field, ValidationError

from shared.kernel.city import City
from shared.web.city_codes import CityCode, in_city, with_codes_of
from shared.web.forms import check_form
from tests.parts.city import VELDERMEER, a_city

RETIRED = a_city({"districts": {"kethel": {"words": "Kethel", "retired": True}}})


class Ask(BaseModel):
    """What is sent."""

    district: Annotated[str, CityCode("districts", "Deze wijk")] = Field(title="Wijk", examples=["oost"])
    categories: list[Annotated[str, CityCode("categories", "Deze soort hulp")]] = []
    known: Annotated[str, CityCode("districts", "Deze wijk", retired_too=True)] = "oost"


def test_a_code_that_the_city_offers_is_taken() -> None:
    sent = {"district": "oost", "categories": ["bike", "too-small"]}
    assert Ask.model_validate(sent, context=in_city(a_city())).categories == ["bike", "too-small"]


@pytest.mark.parametrize("city", [a_city(file=VELDERMEER), RETIRED], ids=["elsewhere", "taken away"])
def test_a_code_that_it_does_not_offer_is_refused_with_those_that_it_does(city: City) -> None:
    with pytest.raises(ValidationError, match=r"Deze wijk kennen wij niet\. Kies een van deze") as refused:
        Ask.model_validate({"district": "kethel"}, context=in_city(city))
    assert str(refused.value).count("kethel") == 1


def test_a_code_that_was_taken_away_is_taken_where_a_case_may_have_it() -> None:
    sent = {"district": "oost", "known": "kethel"}
    assert Ask.model_validate(sent, context=in_city(RETIRED)).known == "kethel"


def test_a_form_is_checked_against_the_city_too() -> None:
    assert check_form({"district": "oost"}, Ask, a_city()).data == Ask.model_construct(district="oost")
    (error,) = check_form({"district": "molenveld"}, Ask, a_city()).errors
    assert (error.field, error.label) == ("district", "Wijk")


def test_a_validation_that_was_not_told_the_city_is_a_fault_of_ours() -> None:
    with pytest.raises(LookupError):
        Ask.model_validate({"district": "oost"})


def test_the_description_holds_what_the_city_offers() -> None:
    properties = with_codes_of(RETIRED, Ask.model_json_schema())["properties"]
    assert properties["district"]["enum"] == list(RETIRED.districts.offered)
    assert properties["categories"]["items"]["enum"] == list(RETIRED.categories)
    assert "x-schakel" not in str(properties)
