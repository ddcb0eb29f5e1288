"""What became of promises in words: sequels that no event but a sentence tells.

They are found when the reports are joined again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Let a sequel be without a later event, and say how likely it is."""
    likely = sa.Column("likely", sa.Float(), nullable=False, server_default="1")
    with op.batch_alter_table("sequel") as table:
        table.alter_column("then", existing_type=sa.Text(), nullable=True)
        table.add_column(likely)
