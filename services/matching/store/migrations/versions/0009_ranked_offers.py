"""What the ranking of one need looks at, in tables of its own: filled from the map as it is."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FACTS = (
    "service_id", "organisation_id", "youngest", "oldest", "says_ages", "languages", "interpreter", "doubted",
    "confirmed_at", "capacity", "full_until",
)  # fmt: skip
_TAKES_A_PLACE = "state IN ('accepted', 'activated', 'handed_over', 'in_progress', 'on_hold', 'waitlisted')"


def upgrade() -> None:
    """Make the tables and fill them; a referral whose help was given takes no place."""
    _tables()
    op.execute(_FILL)
    op.execute("""
        INSERT INTO ranked_counts (category, askable, youngest, oldest, number)
        SELECT category, askable, youngest, oldest, count(*) FROM ranked_offers WHERE counts GROUP BY 1, 2, 3, 4
    """)
    _indexes()
    op.drop_index("referrals_load", "referrals")
    op.create_index("referrals_load", "referrals", ["service_id"], postgresql_where=sa.text(_TAKES_A_PLACE))


def _must(name: str, kind: Any) -> sa.Column[Any]:  # noqa: ANN401 - any type of column
    return sa.Column(name, kind, nullable=False)


def _tables() -> None:
    op.create_table(
        "ranked_offers",
        sa.Column("service_id", sa.Uuid, primary_key=True),
        sa.Column("category", sa.Text, primary_key=True),
        sa.Column("place", sa.Text, primary_key=True),
        _must("organisation_id", sa.Uuid),
        *(_must(name, sa.Boolean) for name in ("counts", "askable", "says_ages", "interpreter", "doubted")),
        *(_must(name, sa.SmallInteger) for name in ("points", "points_urgent", "youngest", "oldest")),
        _must("languages", ARRAY(sa.Text)),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("capacity", sa.Integer),
        sa.Column("full_until", sa.Date),
    )
    op.create_table(
        "ranked_counts",
        sa.Column("category", sa.Text, primary_key=True),
        sa.Column("askable", sa.Boolean, primary_key=True),
        sa.Column("youngest", sa.SmallInteger, primary_key=True),
        sa.Column("oldest", sa.SmallInteger, primary_key=True),
        _must("number", sa.Integer),
    )


_FILL = """
    INSERT INTO ranked_offers (service_id, category, place, organisation_id, counts, askable, says_ages, interpreter,
        doubted, points, points_urgent, youngest, oldest, languages, confirmed_at, capacity, full_until)
    SELECT service.id, said.category, spot.place, service.organisation_id, spot.counts,
           service.active AND owner.active AND service.hidden_at IS NULL AND cardinality(service.contact_ids) > 0,
           service.minimum_age IS NOT NULL OR service.maximum_age IS NOT NULL, service.interpreter,
           service.doubted_at IS NOT NULL,
           weighed.answers + 3 * walk_in::int + weighed.others,
           2 * weighed.answers + 12 * walk_in::int + weighed.others,
           coalesce(service.minimum_age, 0), coalesce(service.maximum_age, 200), service.languages,
           coalesce(service.verified_at, service.listed_at), service.capacity, service.full_until
    FROM services AS service
    JOIN organisations AS owner ON owner.id = service.organisation_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN response_days <= 1 THEN 15 WHEN response_days = 2 THEN 10 WHEN response_days = 3 THEN 5 ELSE 0
               END AS answers,
               10 * owner.has_agreement::int - 12 * (service.doubted_at IS NOT NULL)::int AS others
    ) AS weighed
    CROSS JOIN LATERAL (SELECT DISTINCT unnest(service.categories)) AS said(category)
    CROSS JOIN LATERAL (
        SELECT place, min(number) = 1 AS counts
        FROM unnest(CASE WHEN service.whole_city THEN ARRAY['*'] WHEN cardinality(service.districts) = 0
                         THEN ARRAY['?'] ELSE service.districts END) WITH ORDINALITY AS one(place, number)
        GROUP BY place
    ) AS spot
    WHERE service.on_map
"""


def _indexes() -> None:
    offers, may_be_full = "ranked_offers", "counts AND askable AND (capacity IS NOT NULL OR full_until IS NOT NULL)"
    for points in ("points", "points_urgent"):
        op.create_index(
            f"ranked_offers_{points}",
            offers,
            ["category", "place", points],
            postgresql_include=list(_FACTS),
            postgresql_where=sa.text("askable"),
        )
    ages = ["category", "askable", "youngest", "oldest", "service_id"]
    op.create_index("ranked_offers_ages", offers, ages, postgresql_where=sa.text("counts"))
    op.create_index("ranked_offers_organisation", offers, ["organisation_id"])
    op.create_index(
        "ranked_offers_places",
        offers,
        ["category", "service_id"],
        postgresql_include=["youngest", "oldest", "capacity", "full_until"],
        postgresql_where=sa.text(may_be_full),
    )
