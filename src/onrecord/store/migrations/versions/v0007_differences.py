"""What copies have otherwise, and the passages that an origin is the origin of."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the columns; what all reports hold together is made again, and has them then."""
    for table, name in (("copy", "differences"), ("origin", "passages"), ("origin", "documents")):
        column = sa.Column(name, sa.Text(), nullable=False, server_default="[]")
        op.add_column(table, column)
