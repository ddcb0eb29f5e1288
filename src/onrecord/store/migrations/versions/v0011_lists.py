"""Lists in their order, and what statements and reports are found by.

The lists are made when the reports are joined again.
"""

import json
from pathlib import PurePath

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table of lists, and the columns that are found by."""
    op.create_table(
        "listed",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("list", "whom")),
        sa.Column("rank", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("id", "what")),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("likely", sa.Boolean(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("latest", sa.Date(), nullable=True),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_listed_id", "listed", ["id", "list"], unique=False)
    for name in ("file", "stem"):
        op.add_column("report", _text(name))
    op.add_column("statement", sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    for name in ("spoken_by", "spoken_for"):
        op.add_column("statement", _text(name))
    for name in ("file", "stem", "url"):
        op.create_index(f"ix_report_{name}", "report", [name], unique=False)
    op.create_index("ix_narrowing_report", "narrowing", ["report"], unique=False)
    _fill(op.get_bind())
    op.execute("DELETE FROM meta WHERE name = 'corpus'")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _fill(connection: sa.Connection) -> None:
    for number, path in connection.execute(sa.text("SELECT number, path FROM report")).all():
        file = PurePath(path)
        given = {"number": number, "file": file.name, "stem": file.stem}
        change = "UPDATE report SET file = :file, stem = :stem WHERE number = :number"
        connection.execute(sa.text(change), given)
    rows = connection.execute(
        sa.text(
            "SELECT number, source, cue, content, speaker_name, speaker_represents FROM statement"
        )
    )
    for number, source, cue, content, name, represents in rows.all():
        spans = json.loads(source) or json.loads(cue) or json.loads(content)
        given = {
            "number": number,
            "place": spans[0]["start"] if spans else 0,
            "by": name.casefold(),
            "whom": (represents or "").casefold(),
        }
        change = (
            "UPDATE statement SET place = :place, spoken_by = :by, spoken_for = :whom "
            "WHERE number = :number"
        )
        connection.execute(sa.text(change), given)
