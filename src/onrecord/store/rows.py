"""Nouns as rows: a nested noun becomes columns of its own, a tuple becomes JSON."""

import dataclasses
import functools
import json
import types
import typing
from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter

Noun = TypeVar("Noun")


@dataclasses.dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column of a noun's table: its name, the Python type kept there, where it comes from."""

    name: str
    kind: type
    path: tuple[str, ...]
    nullable: bool
    json_type: Any = None


@functools.cache
def plan(noun: Any) -> tuple[ColumnPlan, ...]:
    """Return the columns of a noun's table, in the order of its fields."""
    return tuple(_plan(noun, (), nullable=False))


def _plan(noun: Any, path: tuple[str, ...], *, nullable: bool) -> list[ColumnPlan]:
    found: list[ColumnPlan] = []
    hints = typing.get_type_hints(noun)
    for field in dataclasses.fields(noun):
        inner, optional = _strip_none(hints[field.name])
        here = (*path, field.name)
        if dataclasses.is_dataclass(inner):
            found += _plan((inner), here, nullable=nullable or optional)
        else:
            kind, json_type = _column_kind(inner, hints[field.name])
            name = "_".join(here)
            found.append(ColumnPlan(name, kind, here, nullable or optional, json_type))
    return found


def _strip_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        inner = [arm for arm in typing.get_args(hint) if arm is not type(None)]
        return inner[0], True
    return hint, False


def _column_kind(inner: Any, whole: Any) -> tuple[type, Any]:
    if typing.get_origin(inner) is typing.Literal:
        return str, None
    if inner in (str, int, float, bool, date):
        return inner, None
    return list, whole


@functools.cache
def _adapter(json_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(json_type)


def to_row(noun: Any) -> dict[str, Any]:
    """Return the columns of one noun."""
    row: dict[str, Any] = {}
    kind: Any = type(noun)
    for column in plan(kind):
        value = noun
        for name in column.path:
            value = getattr(value, name)
        if column.json_type is not None:
            value = _adapter(column.json_type).dump_json(value).decode() if value else "[]"
        row[column.name] = value
    return row


def from_row(noun: type[Noun], row: typing.Mapping[str, Any]) -> Noun:
    """Return the noun that a row holds."""
    kind: Any = noun
    return typing.cast(Noun, _build(kind, (), row))


@functools.cache
def _columns(noun: Any) -> dict[tuple[str, ...], ColumnPlan]:
    return {column.path: column for column in plan(noun)}


@functools.cache
def _shape(noun: Any) -> tuple[tuple[str, Any | None], ...]:
    """Return each field of a noun with its own noun where it is nested."""
    hints = typing.get_type_hints(noun)
    shape = []
    for field in dataclasses.fields(noun):
        inner, _ = _strip_none(hints[field.name])
        shape.append((field.name, inner if dataclasses.is_dataclass(inner) else None))
    return tuple(typing.cast(list[tuple[str, Any | None]], shape))


def _build(top: Any, path: tuple[str, ...], row: typing.Mapping[str, Any]) -> Any:
    noun = top
    for name in path:
        noun = dict(_shape(noun))[name]
    values: dict[str, Any] = {}
    for name, nested in _shape(noun):
        here = (*path, name)
        if nested is not None:
            values[name] = _build(top, here, row)
            continue
        column = _columns(top)[here]
        value = row[column.name]
        if column.json_type is not None:
            value = _adapter(column.json_type).validate_json(value) if value != "[]" else ()
        values[name] = value
    return noun(**values)


def to_json(noun: Any) -> Any:
    """Return a noun as what JSON can hold, field by field."""
    kind: Any = type(noun)
    return _adapter(kind).dump_python(noun, mode="json")


def from_json(noun: type[Noun], text: str) -> Noun:
    """Return the noun that a JSON text holds."""
    kind: Any = noun
    return typing.cast(Noun, _adapter(kind).validate_python(json.loads(text)))
