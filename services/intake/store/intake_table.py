"""What all of intake's tables are made of."""

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class IntakeTable(SQLModel, registry=registry()):
    """Intake's own tables, apart from those of every other service."""

    metadata = MetaData()
