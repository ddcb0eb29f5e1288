"""The path that data takes, in order: each stage with what it needs, what it makes, its version."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.stages.actors import actors
from onrecord.stages.claims import claims
from onrecord.stages.clean import clean
from onrecord.stages.copies import copies
from onrecord.stages.date import date
from onrecord.stages.events import events
from onrecord.stages.happenings import happenings
from onrecord.stages.read import read
from onrecord.stages.relations import relations
from onrecord.stages.resolve import resolve
from onrecord.stages.statements import statements
from onrecord.stages.stories import stories
from onrecord.stages.ties import ties


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the path; its version goes up whenever its output changes."""

    name: str
    scope: Literal["report", "corpus"]
    version: int
    needs: tuple[str, ...]
    makes: tuple[str, ...]
    run: Callable[..., Any]


STAGES: tuple[Stage, ...] = (
    Stage("read", "report", 3, ("bytes",), ("text", "hints"), read),
    Stage("clean", "report", 2, ("text",), ("blocks", "language"), clean),
    Stage("date", "report", 2, ("blocks", "hints"), ("published", "times"), date),
    Stage("actors", "report", 5, ("blocks",), ("entities", "mentions"), actors),
    Stage(
        "statements",
        "report",
        7,
        ("blocks", "times", "published", "entities", "mentions"),
        ("statements", "times"),
        statements,
    ),
    Stage(
        "events",
        "report",
        4,
        ("blocks", "times", "published", "entities", "mentions", "statements"),
        ("entities", "mentions", "events", "figures"),
        events,
    ),
    Stage(
        "ties",
        "report",
        3,
        ("blocks", "times", "published", "entities", "mentions", "statements"),
        ("ties",),
        ties,
    ),
    Stage(
        "copies",
        "corpus",
        4,
        ("blocks", "published", "times", "statements"),
        ("copies", "origins", "narrowings"),
        copies,
    ),
    Stage(
        "stories",
        "corpus",
        2,
        ("blocks", "published", "times", "entities", "copies"),
        ("stories",),
        stories,
    ),
    Stage(
        "resolve",
        "corpus",
        6,
        ("entities", "mentions", "stories"),
        ("actors", "identity"),
        resolve,
    ),
    Stage(
        "happenings",
        "corpus",
        1,
        ("published", "statements", "events", "identity", "actors", "stories"),
        ("happenings", "sequels"),
        happenings,
    ),
    Stage(
        "claims",
        "corpus",
        9,
        (
            "blocks",
            "published",
            "times",
            "statements",
            "events",
            "figures",
            "ties",
            "identity",
            "actors",
            "origins",
            "stories",
            "happenings",
            "sequels",
        ),
        ("claims", "disputes", "sequels"),
        claims,
    ),
    Stage(
        "relations",
        "corpus",
        4,
        ("published", "statements", "events", "ties", "identity", "actors", "claims"),
        ("relations",),
        relations,
    ),
)

# The stages that take a parsed report further, and those that join all reports.
READING_STAGES = tuple(
    stage for stage in STAGES if stage.scope == "report" and stage.name not in ("read", "clean")
)
CORPUS_STAGES = tuple(stage for stage in STAGES if stage.scope == "corpus")
