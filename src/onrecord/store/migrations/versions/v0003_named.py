"""Whether an actor has a name, or only descriptions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the column; whoever was kept before has a name."""
    op.add_column("actor", sa.Column("named", sa.Boolean(), nullable=False, server_default="1"))
