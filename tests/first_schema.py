"""Records as the first version of the project made them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config

from onrecord.store.database import database_at


def as_first_schema(path: Path) -> Path:
    """Take from a record in a file what the first schema did not have, and return its path."""
    with closing(sqlite3.connect(path)) as old:
        old.execute("DROP TABLE candidate")
        old.execute("ALTER TABLE actor DROP COLUMN doubts")
        old.execute("ALTER TABLE actor DROP COLUMN named")
        old.execute("ALTER TABLE event DROP COLUMN target")
        old.execute("ALTER TABLE event DROP COLUMN instrument")
        old.execute("ALTER TABLE event DROP COLUMN context")
        for name in ("how", "standing", "kind", "event"):
            old.execute(f"DROP INDEX IF EXISTS ix_figure_{name}")
            old.execute(f"ALTER TABLE figure DROP COLUMN {name}")
        old.execute("ALTER TABLE copy DROP COLUMN differences")
        old.execute("ALTER TABLE origin DROP COLUMN passages")
        old.execute("ALTER TABLE origin DROP COLUMN documents")
        old.execute("ALTER TABLE statement DROP COLUMN meaning")
        old.execute("ALTER TABLE claim DROP COLUMN links")
        old.execute("ALTER TABLE dispute DROP COLUMN likely")
        old.execute("ALTER TABLE relation DROP COLUMN tellings")
        for table, name in (("report", "file"), ("report", "stem"), ("report", "url")):
            old.execute(f"DROP INDEX ix_{table}_{name}")
        for name in ("file", "stem"):
            old.execute(f"ALTER TABLE report DROP COLUMN {name}")
        for name in ("place", "spoken_by", "spoken_for"):
            old.execute(f"ALTER TABLE statement DROP COLUMN {name}")
        old.execute("DROP INDEX ix_narrowing_report")
        for name in ("tie", "kept", "listed"):
            old.execute(f"DROP TABLE {name}")
        old.execute("DROP TABLE happening")
        old.execute("DROP TABLE sequel")
        old.execute("UPDATE alembic_version SET version_num = '0001'")
        old.commit()
    return path


def with_first_schema(address: str) -> str:
    """Make the tables of the first schema on a server, and return the address."""
    config = Config()
    config.set_main_option("script_location", "onrecord.store:migrations")
    engine = database_at(address).engine(create=True)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    return address
