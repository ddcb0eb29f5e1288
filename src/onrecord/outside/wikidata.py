"""Lines of a Wikidata JSON dump: one entity a line, with or without the list's brackets."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import ItemError
from onrecord.outside.entry import Entry, entry, json_lines, kinds

LANGUAGES = ("en", "mul")
IS_A, ISO_CODE = "P31", "P297"


def read(file: Path) -> Iterator[Entry | ItemError]:
    """Yield the actors of a dump; things of classes that name no actor are passed over."""
    for line in json_lines(file, "Mend or remove the line"):
        if isinstance(line, ItemError):
            yield line
            continue
        number, row = line
        if not isinstance(row.get("id"), str) or not isinstance(row.get("labels"), dict):
            place, remedy = f"line {number}", "Give lines of a Wikidata JSON dump"
            yield ItemError("no Wikidata entity", file=str(file), place=place, remedy=remedy)
            continue
        found = _entry(row, number)
        if found is not None:
            yield found


def _entry(row: dict[str, Any], line: int) -> Entry | None:
    classes = [value.get("id") for value in _values(row, IS_A) if isinstance(value, dict)]
    known = kinds("wikidata")
    told = [known[one] for one in classes if isinstance(one, str) and one in known]
    kind = told[0] if told else None
    if kind is None:
        return None
    codes = [value for value in _values(row, ISO_CODE) if isinstance(value, str)]
    country = codes[0] if codes else None
    return entry(f"wikidata:{row['id']}", _names(row), kind, line, country=country)


def _names(row: dict[str, Any]) -> list[str]:
    found = []
    for language in LANGUAGES:
        label = row["labels"].get(language)
        if isinstance(label, dict):
            found.append(label.get("value"))
    aliases = row.get("aliases")
    if isinstance(aliases, dict):
        lists = [aliases.get(language) for language in LANGUAGES]
        listed = [one for several in lists if isinstance(several, list) for one in several]
        found += [alias.get("value") for alias in listed if isinstance(alias, dict)]
    return [name for name in found if isinstance(name, str)]


def _values(row: dict[str, Any], property_: str) -> Iterator[Any]:
    """Yield what a property's statements say, those of the lowest rank left out."""
    claims = row.get("claims")
    statements = claims.get(property_) if isinstance(claims, dict) else None
    for statement in statements if isinstance(statements, list) else ():
        if not isinstance(statement, dict) or statement.get("rank") == "deprecated":
            continue
        snak = statement.get("mainsnak")
        value = snak.get("datavalue") if isinstance(snak, dict) else None
        if isinstance(value, dict) and "value" in value:
            yield value["value"]
