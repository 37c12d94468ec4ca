"""The base of every JSON body."""

from pydantic import TypeAdapter

from shared.web.body import Body


class Street(Body):
    name: str = "Straat"


class House(Body):
    street: Street | None = None
    number: int = 1


def test_body_that_is_declared_often_stays_as_deep_as_it_was() -> None:
    """Each app and each body that holds another asks for its schema again."""
    first = TypeAdapter(list[House])
    *_, last = (TypeAdapter(list[House]) for _ in range(400))

    assert last.core_schema == first.core_schema
    assert last.json_schema() == first.json_schema()


def test_empty_text_means_left_out() -> None:
    assert House.model_validate({"street": {"name": " "}, "number": ""}) == House(street=Street(), number=1)
