"""A whole record taken from one database into another, row by row, in parts."""

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, select, tuple_

from onrecord.errors import RunError
from onrecord.store import COPYING, LEASE, Address, Store
from onrecord.store.schema import TABLES, identity, kept, link, listed, meta
from onrecord.types import Report

AT_ONCE = 5_000  # rows that are written in one transaction
# Reports are longer, what stages keep is megabytes, and the notes are few and written as one.
AT_ONCES = {"report": 200, "kept": 1, "meta": 1_000}
# Told after each part: what is copied, how many rows of it are there, of how many.
Told = Callable[[str, int, int | None], None]
OWN = frozenset({"number"})  # columns that each database counts by itself
HERE = frozenset({LEASE, COPYING})  # notes on this copy of a record alone


def copy(source: Address, target: Address, *, progress: Told) -> int:
    """Copy a record, from a file or a server into a new record there, and return how many rows.

    One that was stopped goes on where it was. Raises `RunError` when the target holds a record.
    """
    with (
        closing(Store(source)) as old,
        closing(Store(target, create=True, unfinished=True)) as new,
    ):
        with old.asking() as connection:
            moment = old.database.steady(connection)
            _claim(old, moment, new)
            total = sum(_copied(moment, new, table, progress) for table in _tables())
        with new.writing() as connection:
            connection.execute(delete(meta).where(meta.c.name == COPYING))
            new.database.settle(connection)
    return total


def _tables() -> list[Table]:
    return [*TABLES.values(), link, identity, listed, kept, meta]


def _claim(old: Store, source: Connection, new: Store) -> None:
    """Note in the new record what it is a copy of; refuse one that holds anything else."""
    rows = {table.name: _count(source, table) for table in _tables() if table is not meta}
    last = source.execute(select(func.max(TABLES[Report].c.number))).scalar()
    joined = old.noted(source, "corpus")
    told = json.dumps({"of": old.name, "joined": joined, "rows": rows, "last": last})
    with new.writing() as connection:
        if (known := new.noted(connection, COPYING)) == told:
            return
        if known or any(_count(connection, table) for table in _tables()):
            there = "a copy of what the record was before" if known else "a record"
            remedy = "Give a new file or an empty database"
            raise RunError(f"there is {there} already", file=new.name, remedy=remedy)
        new.database.insert(connection, meta, [{"name": COPYING, "value": told}])


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _copied(source: Connection, new: Store, table: Table, progress: Told) -> int:
    """Copy what is missing of a table, and return how many rows it has then."""
    total = _count(source, table)
    with new.asking() as connection:
        done = _count(connection, table) if table is not meta else 0
        last = connection.execute(_from_last(table)).first() if done else None
    for rows in _parts(source, table, last):
        with new.writing() as connection:
            if table is meta:  # these are few, and none is in the order of the others
                connection.execute(delete(meta).where(meta.c.name.not_in(HERE)))
            new.database.insert(connection, table, rows)
        done += len(rows)
        progress(f"copying {table.name}", done, total)
    if table is not meta and done != total:
        remedy = "Copy it again to a new file or an empty database"
        raise RunError(f"{done} of {total} rows of {table.name}", file=new.name, remedy=remedy)
    return done


def _key(table: Table) -> list[Any]:
    """Return the columns that put the rows in one order on every database."""
    return [table.c.id] if OWN & set(table.c.keys()) else list(table.primary_key)


def _from_last(table: Table) -> Select[Any]:
    key = _key(table)
    return select(*key).order_by(*(column.desc() for column in key)).limit(1)


def _parts(source: Connection, table: Table, last: Any) -> Iterator[list[dict[str, Any]]]:
    key = _key(table)
    query = select(*(column for column in table.c if column.name not in OWN)).order_by(*key)
    if last is not None:
        query = query.where(tuple_(*key) > tuple_(*last))
    if table is meta:
        query = query.where(meta.c.name.not_in(HERE))
    size = AT_ONCES.get(table.name, AT_ONCE)
    with source.execute(query, execution_options={"yield_per": size}) as found:
        rows = iter(found.mappings())
        while some := [dict(row) for row in itertools.islice(rows, size)]:
            yield some
