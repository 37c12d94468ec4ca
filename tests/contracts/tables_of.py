"""The tables of each service, as its code declares them."""

from importlib import import_module

from sqlalchemy import MetaData
from sqlmodel import SQLModel


def tables_of(service: str) -> MetaData:
    """What `services/<service>/store/tables.py` declares, apart from every other service."""
    found = {id(each.metadata): each.metadata for each in _classes_of(service)}
    if len(found) != 1:
        raise LookupError(f"{service} has {len(found)} sets of tables, not one of its own")
    return next(iter(found.values()))


def models_of(service: str) -> list[type[SQLModel]]:
    """The tables of a service as SQLModel classes."""
    return [each for each in _classes_of(service) if "__table__" in vars(each)]


def _classes_of(service: str) -> list[type[SQLModel]]:
    declared = vars(import_module(f"services.{service}.store.tables")).values()
    return [each for each in declared if isinstance(each, type) and issubclass(each, SQLModel) and each is not SQLModel]
