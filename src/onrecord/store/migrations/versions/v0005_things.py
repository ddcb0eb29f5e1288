"""What harm was done to and with."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the columns; what was kept before is read again, and has them then."""
    for name in ("target", "instrument"):
        op.add_column("event", sa.Column(name, sa.Text(), nullable=False, server_default="[]"))
