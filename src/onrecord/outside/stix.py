"""STIX 2.1 bundles: threat actors, intrusion sets and identities."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.errors import ItemError, RunError
from onrecord.outside.entry import Entry, entry, kinds, told
from onrecord.types import ActorKind


def read(file: Path) -> Iterator[Entry | ItemError]:
    """Yield the actors of a bundle; raises `RunError` for a file that is none."""
    try:
        bundle = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        remedy = "Give a STIX 2.1 bundle"
        raise RunError("broken JSON", file=str(file), place=place, remedy=remedy) from error
    objects = bundle.get("objects") if isinstance(bundle, dict) else None
    if not isinstance(objects, list):
        remedy = 'A bundle has a list "objects"'
        raise RunError("no STIX bundle", file=str(file), remedy=remedy)
    for number, one in enumerate(objects, start=1):
        if not isinstance(one, dict) or not isinstance(one.get("type"), str):
            place, remedy = f"object {number}", "Each object needs a type and an id"
            yield ItemError("no STIX object", file=str(file), place=place, remedy=remedy)
            continue
        found = _entry(one, number)
        if found is not None:
            yield found


def _entry(one: dict[str, Any], number: int) -> Entry | None:
    known = kinds("stix")
    if one["type"] not in known or one.get("revoked") is True:
        return None
    kind: ActorKind = known.get(str(one.get("identity_class")), known[one["type"]])
    names = told(one.get("name")) + told(one.get("aliases"))
    return entry(f"stix:{one.get('id') or ''}", names, kind, number, roles=told(one.get("roles")))
