"""What kind of thing a figure counts, how it is told, and in which event; contexts of events."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the columns; what was kept before is read again, and has them then."""
    for name, default in (("how", "number"), ("standing", "told"), ("kind", "other")):
        op.add_column("figure", sa.Column(name, sa.Text(), nullable=False, server_default=default))
    op.add_column("figure", sa.Column("event", sa.Text(), nullable=True))
    column = sa.Column("context", sa.Text(), nullable=False, server_default="[]")
    op.add_column("event", column)
    for name in ("kind", "event"):
        op.create_index(f"ix_figure_{name}", "figure", [name], unique=False)
