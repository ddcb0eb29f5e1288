"""spaCy's rules from tags to parts of speech, looked up by token in place of matched anew.

The attribute ruler of a pipeline goes through every token with a matcher, which takes a seventh of
the time of parsing. Nearly all of its rules are on one token, so that what they give depends on
the token's tag, word and dependency alone, and is kept. The outcome is the same.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token
from spacy.tokens._retokenize import set_token_attrs

NAME = "tag_rules"
KNOWN = ("TAG", "LOWER", "DEP", "IS_SPACE")
HOW: dict[str, Callable[[Any, Any], bool]] = {
    "IN": lambda value, several: value in several,
    "NOT_IN": lambda value, several: value not in several,
    "REGEX": lambda value, pattern: re.search(pattern, value) is not None,
}
Key = tuple[str, str, str, bool]  # what of a token the rules look at, in the order of KNOWN
Spec = tuple[tuple[str, Any], ...]  # a pattern of one token


@dataclass(frozen=True, slots=True)
class Rule:
    """What is set on a token, by its place in the pattern of one token or of two."""

    number: int
    pattern: tuple[Spec, ...]
    index: int


class TagRules:
    """The rules of a ruler, by token."""

    def __init__(self, ruler: AttributeRuler, rules: list[Rule]) -> None:
        self._attributes = ruler.attrs
        self._alone: dict[Any, list[Rule]] = defaultdict(list)
        for rule in rules:
            if len(rule.pattern) == 1:
                self._alone[_asked(rule.pattern[0])].append(rule)
        self._pairs = [rule for rule in rules if len(rule.pattern) == 2]
        # Words are without number: as many are remembered as come again.
        self._of = functools.lru_cache(maxsize=50_000)(self._found)
        self._set: dict[tuple[int, ...], dict[Any, Any]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set what the rules give on every token of a document."""
        before: tuple[int, ...] = ()
        told = [self._of(_key(token)) for token in doc]
        numbers = [set(alone) for alone, _, _ in told]
        for place, (_, _, second) in enumerate(told):
            if place and before and second:
                self._met(numbers, place, set(before).intersection(second))
            before = told[place][1]
        for token, found in zip(doc, numbers, strict=True):
            if found:
                set_token_attrs(token, self._merged(tuple(sorted(found))))
        return doc

    def _met(self, numbers: list[set[int]], place: int, met: set[int]) -> None:
        """Note the rules on two tokens that are met by one and the next."""
        for number in met:
            rule = self._pairs[number]
            numbers[place - 1 + rule.index].add(rule.number)

    def _found(self, key: Key) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """Return the rules that a token meets alone, and which pairs as first and as second."""
        asked = (None, ("TAG", key[0]), ("LOWER", key[1]))
        near = (rule for one in asked if one in self._alone for rule in self._alone[one])
        alone = tuple(rule.number for rule in near if _meets(rule.pattern[0], key))
        first, second = (
            tuple(n for n, rule in enumerate(self._pairs) if _meets(rule.pattern[place], key))
            for place in (0, 1)
        )
        return alone, first, second

    def _merged(self, numbers: tuple[int, ...]) -> dict[Any, Any]:
        """Return what several rules set together, the later over the earlier."""
        if numbers not in self._set:
            merged: dict[Any, Any] = {}
            for number in numbers:
                merged |= self._attributes[number]
            self._set[numbers] = merged
        return self._set[numbers]


def _asked(spec: Spec) -> tuple[str, str] | None:
    """Return the word or else the tag that a pattern asks for, None where it names no one."""
    given = {name: value for name, value in spec if isinstance(value, str)}
    return next(((name, given[name]) for name in ("LOWER", "TAG") if name in given), None)


def _key(token: Token) -> Key:
    return token.tag_, token.lower_, token.dep_, token.is_space


def _meets(spec: Spec, key: Key) -> bool:
    return all(_holds(wanted, key[KNOWN.index(name)]) for name, wanted in spec)


def _holds(wanted: Any, value: str | bool) -> bool:
    if not isinstance(wanted, dict):
        return bool(wanted == value)
    return all(HOW[how](value, what) for how, what in wanted.items())


def _rules(ruler: AttributeRuler) -> Iterator[Rule | None]:
    """Yield the rules of a ruler, None for one that is not understood here."""
    given: Any = ruler.patterns  # whose type says less than is so
    for number, rule in enumerate(given):
        for pattern in rule["patterns"]:
            specs = tuple(tuple(spec.items()) for spec in pattern)
            known = all(name in KNOWN and _plain(value) for spec in specs for name, value in spec)
            fits = len(specs) in (1, 2) and 0 <= rule["index"] < len(specs)
            yield Rule(number, specs, rule["index"]) if known and fits else None


def _plain(value: Any) -> bool:
    return isinstance(value, (str, bool)) or (
        isinstance(value, dict) and value.keys() <= HOW.keys()
    )


@Language.factory(NAME)
def _factory(nlp: Language, name: str, ruler: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    found = nlp.get_pipe(ruler)
    assert isinstance(found, AttributeRuler)
    rules = [rule for rule in _rules(found) if rule is not None]
    return TagRules(found, rules)


def quicken(pipeline: Language) -> None:
    """Put these rules in the place of a pipeline's attribute ruler, if all are understood."""
    for name, component in list(pipeline.pipeline):
        if type(component) is AttributeRuler and None not in _rules(component):
            pipeline.add_pipe(NAME, after=name, config={"ruler": name})
            pipeline.disable_pipe(name)
