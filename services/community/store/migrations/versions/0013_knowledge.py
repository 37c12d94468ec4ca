"""The knowledge base: articles, what they say, and whether that was of use."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make their tables."""
    _make_articles()
    op.create_table(
        "editions",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("article_id", sa.Uuid, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("author_ids", sa.ARRAY(sa.Uuid), nullable=False),
        sa.Column("changed_at", _AT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("earlier", JSONB(none_as_null=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("published_at", _AT),
        sa.Column("published_by", sa.Uuid),
        sa.Column("checked_by", sa.Uuid),
        sa.Column("check_by", sa.Date),
    )
    op.create_index("editions_article", "editions", ["article_id"])
    in_work = sa.text("state IN ('draft', 'submitted', 'needs_changes')")
    op.create_index("editions_in_work", "editions", ["article_id"], unique=True, postgresql_where=in_work)
    op.create_table(
        "article_feedback",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("edition_id", sa.Uuid, sa.ForeignKey("editions.id", ondelete="CASCADE"), nullable=False),
        sa.Column("is_helpful", sa.Boolean, nullable=False),
        sa.Column("missed", sa.Text, nullable=False),
        sa.Column("given_on", sa.Date, nullable=False),
    )
    op.create_index("article_feedback_edition", "article_feedback", ["edition_id"])
    op.create_index("article_feedback_given", "article_feedback", ["given_on"])


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("categories", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("signals", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("follows_law", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("person_id", sa.Uuid),
        sa.Column("deputy_id", sa.Uuid),
        sa.Column("edition_id", sa.Uuid),
        sa.Column("reviewed_on", sa.Date),
        sa.Column("review_on", sa.Date),
        sa.Column("asked", sa.SmallInteger, nullable=False),
        sa.Column("reminded_on", sa.Date),
        sa.Column("withdrawn_because", sa.Text, nullable=False),
        sa.Column("pointer_id", sa.Uuid),
    )
    op.create_table(
        "article_slugs",
        sa.Column("slug", sa.Text, primary_key=True),
        sa.Column("article_id", sa.Uuid, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("article_feedback", "editions", "article_slugs", "articles"):
        op.drop_table(table)
