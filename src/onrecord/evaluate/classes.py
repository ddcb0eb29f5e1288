"""The classes of attributions whose recall the attribution task tells apart."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Item = Mapping[str, Any]

PRONOUNS = frozenset("he she they it i we you who".split())
SAY = re.compile(
    r"\b(?:say|says|said|saying|tell|tells|told|telling|add|adds|added|adding|according)\b", re.I
)
SENTENCE_END = re.compile(r"[.!?][\"”'’)]*\s+[\"“‘(]*[A-Z]")
LONG = 8  # words of a source that is called long


def text_of(item: Item, role: str, text: str) -> str:
    """Return the words of a role, its spans joined by a blank."""
    spans = item.get(role) or []
    parts = ((s["start"], s["end"]) if isinstance(s, Mapping) else (s[0], s[1]) for s in spans)
    return " ".join(text[start:end] for start, end in parts)


def _several(item: Item, text: str) -> bool:
    return SENTENCE_END.search(text_of(item, "content", text)) is not None


# Each class with how to tell it; an attribution can be of several.
CLASSES: dict[str, Callable[[Item, str], bool]] = {
    "no_source": lambda item, _: not item.get("source"),
    "according_to": lambda item, text: text_of(item, "cue", text).lower().startswith("according"),
    "pronoun_source": lambda item, text: text_of(item, "source", text).lower() in PRONOUNS,
    "split": lambda item, _: len(item.get("content") or []) > 1,
    "several_sentences": _several,
    "long_source": lambda item, text: len(text_of(item, "source", text).split()) >= LONG,
    "other_cue": lambda item, text: SAY.search(text_of(item, "cue", text)) is None,
}


def classes_of(item: Item, text: str) -> list[str]:
    """Return the classes of a labelled attribution."""
    if not item.get("content"):
        return []
    return [name for name, holds in CLASSES.items() if holds(item, text)]
