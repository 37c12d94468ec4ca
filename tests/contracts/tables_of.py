"""The tables of each service, as its code declares them."""

from importlib import import_module

from sqlmodel import SQLModel


def models_of(service: str) -> list[type[SQLModel]]:
    """The tables of a service as SQLModel classes."""
    declared = vars(import_module(f"services.{service}.store.tables")).values()
    return [each for each in declared if _is_table(each)]


def _is_table(each: object) -> bool:
    return isinstance(each, type) and issubclass(each, SQLModel) and "__table__" in vars(each)
