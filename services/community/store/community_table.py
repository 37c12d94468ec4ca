"""What community's tables have in common."""

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel


class CommunityTable(SQLModel, registry=registry()):
    """Community's own tables, apart from those of every other service."""

    metadata = MetaData()
