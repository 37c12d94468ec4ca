"""What intake is measured against: the same request the plain way, and the same route without a database.

`python -m tests.benchmarks.plain sqlmodel|nothing PORT DATABASE_URL`
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID, uuid4

import uvicorn
from fastapi import Depends, FastAPI
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.intake.web.bodies import RequestBody
from shared.web.city_codes import in_this_city
from tests.parts.city import a_city


class PlainCase(SQLModel, table=True):
    """A case in one table."""

    __tablename__ = "plain_cases"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str
    district: str
    received_at: str


class PlainFact(SQLModel, table=True):
    """A fact of the family."""

    __tablename__ = "plain_facts"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID = Field(foreign_key="plain_cases.id")
    name: str
    value: str


class PlainNeed(SQLModel, table=True):
    """A need."""

    __tablename__ = "plain_needs"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID = Field(foreign_key="plain_cases.id")
    category: str


class PlainEvent(SQLModel, table=True):
    """What will be published."""

    __tablename__ = "plain_outbox"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    data: str


class PlainReply(SQLModel, table=True):
    """The reply by its idempotency key."""

    __tablename__ = "plain_replies"
    key: UUID = Field(default_factory=uuid4, primary_key=True)
    body: str


def in_schiewijk(app: FastAPI) -> FastAPI:
    """Where the codes of a request are looked up."""
    app.state.web = SimpleNamespace(city=a_city())
    return app


def plain_app(url: str) -> FastAPI:
    """One session and one transaction per request, every row an object: as tutorials do it."""
    engine = create_async_engine(url, pool_size=10)
    sessions = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)

    @asynccontextmanager
    async def tables(_: FastAPI) -> AsyncIterator[None]:
        async with engine.begin() as connection:
            await connection.run_sync(SQLModel.metadata.create_all)
        yield

    app = in_schiewijk(FastAPI(lifespan=tables, dependencies=[Depends(in_this_city)]))

    @app.post("/v1/requests", status_code=201)
    async def submit(body: RequestBody) -> dict[str, str]:
        async with sessions() as session:
            case = PlainCase(code="ACDE-FGHJ", district=body.district, received_at=datetime.now(UTC).isoformat())
            session.add(case)
            facts = {**body.child.model_dump(mode="json"), **body.family.model_dump(mode="json")}
            session.add_all(PlainFact(case_id=case.id, name=key, value=str(value)) for key, value in facts.items())
            session.add_all(PlainNeed(case_id=case.id, category=need.category) for need in body.needs)
            session.add(PlainEvent(case_id=case.id, data=body.model_dump_json()))
            session.add(PlainReply(body=body.model_dump_json()))
            await session.commit()
        return {"id": str(case.id), "caseCode": case.code}

    return app


def nothing_app() -> FastAPI:
    """Reads and checks the request, and forgets it."""
    app = in_schiewijk(FastAPI(dependencies=[Depends(in_this_city)]))

    @app.post("/v1/requests", status_code=201)
    async def submit(body: RequestBody) -> dict[str, str]:
        return {"id": str(uuid4()), "caseCode": body.district}

    return app


if __name__ == "__main__":
    chosen = plain_app(sys.argv[3]) if sys.argv[1] == "sqlmodel" else nothing_app()
    uvicorn.run(chosen, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
