"""Ties of actors as single reports tell them, and how each statement and report bears on a claim.

Reports are read again, and have their ties then.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table of ties, and columns for meanings, links and tellings."""
    op.create_table(
        "tie",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("span_report", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("span_text", sa.Text(), nullable=False),
        sa.Column("when_earliest", sa.Date(), nullable=True),
        sa.Column("when_latest", sa.Date(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("now", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("report", "kind", "subject", "object"):
        op.create_index(f"ix_tie_{column}", "tie", [column], unique=False)
    meaning = sa.Column("meaning", sa.Text(), nullable=False, server_default="")
    op.add_column("statement", meaning)
    likely = sa.Column("likely", sa.Float(), nullable=False, server_default="1")
    op.add_column("dispute", likely)
    for table, name in (("claim", "links"), ("relation", "tellings")):
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default="[]"))
