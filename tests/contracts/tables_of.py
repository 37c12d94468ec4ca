"""The tables of each service, as its code declares them."""

from importlib import import_module

from sqlalchemy import MetaData
from sqlmodel import SQLModel


def tables_of(service: str) -> MetaData:
    """What `services/<service>/store/tables.py` declares, apart from every other service."""
    module = import_module(f"services.{service}.store.tables")
    bases = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, SQLModel)]
    found = {id(base.metadata): base.metadata for base in bases if base is not SQLModel}
    if len(found) != 1:
        raise LookupError(f"{service} has {len(found)} sets of tables, not one of its own")
    return next(iter(found.values()))
