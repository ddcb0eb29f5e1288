"""What copies and stories keep for the next build, so that it takes in the new reports alone.

It is made when the reports are joined again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make a place for what stages keep, in parts."""
    op.create_table(
        "kept",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("part", sa.Integer(), primary_key=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
    )
