"""FollowTheMoney entities as JSON lines, the form that OpenSanctions gives its data in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import ItemError
from onrecord.outside.entry import Entry, entry, json_lines, kinds, told
from onrecord.types import ActorKind

NAMES = ("name", "alias", "weakAlias", "previousName", "abbreviation")
COUNTRIES = ("country", "jurisdiction", "nationality", "citizenship", "mainCountry")


def read(file: Path) -> Iterator[Entry | ItemError]:
    """Yield the actors of a file; entities of other schemata are passed over."""
    for line in json_lines(file, "Mend or remove the line"):
        if isinstance(line, ItemError):
            yield line
            continue
        number, row = line
        schema, properties = row.get("schema"), row.get("properties")
        if not isinstance(schema, str) or not isinstance(properties, dict):
            remedy = "Each line needs an id, a schema and properties"
            place = f"line {number}"
            yield ItemError("no FollowTheMoney entity", file=str(file), place=place, remedy=remedy)
            continue
        found = _entry(row, schema, properties, number)
        if found is not None:
            yield found


def _entry(row: dict[str, Any], schema: str, properties: dict[str, Any], line: int) -> Entry | None:
    known = kinds("ftm")
    if schema not in known:
        return None
    kind: ActorKind = known[schema]
    if kind != "person":
        topics = (known[topic] for topic in told(properties.get("topics")) if topic in known)
        kind = next(topics, kind)
    names = [row["caption"]] if isinstance(row.get("caption"), str) else []
    names += [name for field in NAMES for name in told(properties.get(field))]
    countries = [code for field in COUNTRIES for code in told(properties.get(field))]
    country = countries[0] if len(set(countries)) == 1 else None
    roles = told(properties.get("position"))
    return entry(f"ftm:{row.get('id') or ''}", names, kind, line, country=country, roles=roles)
