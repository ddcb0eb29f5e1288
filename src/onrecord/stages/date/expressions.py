"""The time expressions of a parsed report: found by the grammar, kept when their words fit."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.date.direction import Direction, direction
from onrecord.stages.date.grammar import Found, beside, grammar

# Words that are names or other parts of speech as often as they are months and weekdays.
AMBIGUOUS = frozenset({"may", "march", "august", "april", "june"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression at [start, end) of the report, over tokens [first, last), in a block."""

    start: int
    end: int
    first: int
    last: int
    found: Found
    direction: Direction | None
    block: int = 0


def expressions(parse: Parse) -> tuple[Expression, ...]:
    """Return the time expressions of the readable blocks in their order."""
    rules = grammar()
    kept = []
    for number, block in enumerate(parse.blocks):
        for match in rules.find(parse.report.text[block.start : block.end]):
            found = _without_preposition(match)
            start, end = block.start + found.start, block.start + found.end
            tokens = parse.tokens_in(start, end)
            if len(tokens) and fits(parse, found, tokens):
                told = direction(parse.doc, tokens.start, tokens.stop)
                found = _as_rate(parse, found, tokens)
                kept.append(Expression(start, end, tokens.start, tokens.stop, found, told, number))
    return tuple(kept)


def _without_preposition(found: Found) -> Found:
    """Leave "following" off where it means "after": "Following Monday's debate"."""
    if found.caught.get("which") != "following" or not found.text.startswith("following"):
        return found
    rest = found.text.removeprefix("following").lstrip()
    again = next(grammar().find(rest), None)
    if again is None or again.start:
        return found
    return replace(again, start=found.end - len(rest), end=found.end - len(rest) + again.end)


def _as_rate(parse: Parse, found: Found, tokens: range) -> Found:
    """Take "a day" in "forty deaths a day" for a set and not for a duration."""
    last = parse.doc[tokens[-1]]
    article = parse.doc[tokens.start].lower_ in {"a", "an"} and len(tokens) == 2
    counted = last.dep_ == "npadvmod" and last.head.pos_ in {"NOUN", "NUM", "PROPN", "SYM"}
    if found.rule == "duration" and "single_unit" in found.caught and article and counted:
        return replace(found, rule="set")
    return found


def fits(parse: Parse, found: Found, tokens: range) -> bool:
    """Return whether the words are a time expression where they stand."""
    if found.rule == "year":
        return _is_year(parse, tokens)
    if found.rule in {"month", "weekday", "set", "calendar"} and not _capital(parse, found, tokens):
        return False
    if _is_of_a_name(parse, found, tokens):
        return False
    if found.rule == "weekday" and len(tokens) <= 2 and not _is_weekday(parse, tokens):
        return False
    if found.rule == "month" and len(tokens) == 1:
        return _is_month(parse, tokens.start)
    if found.rule == "duration" and found.caught.get("unit", "").startswith("quarter"):
        return "-" not in parse.report.text[parse.starts[tokens.start] : parse.end(tokens[-1])]
    if found.rule == "holiday" and len(found.caught) == 1:
        if found.caught["holiday"].endswith(" day"):
            return True  # "a New Year's Day address"
        last = parse.doc[tokens[-1]]
        return last.dep_ != "compound" or last.head.i <= last.i
    if found.rule == "vague" and found.caught["vague"] in {"current", "recent", "future"}:
        return parse.doc[tokens.start].tag_ not in {"NNP", "NNPS"}
    return True


def _capital(parse: Parse, found: Found, tokens: range) -> bool:
    """Return whether the month or weekday begins with a capital; whole weekdays need not."""
    names = {found.caught.get("month"), found.caught.get("weekday"), found.caught.get("mon3")}
    names.discard(None)
    for index in tokens:
        word = parse.doc[index]
        if any(name and word.lower_.startswith(name.rstrip(".")) for name in names):
            return word.text[:1].isupper() or word.lower_.endswith("day")
    return True


def _word_before(parse: Parse, token: int) -> str:
    return parse.doc[token - 1].lower_ if token else ""


def _is_weekday(parse: Parse, tokens: range) -> bool:
    """Return whether an abbreviated weekday that stands alone is one and not a name ("Sun")."""
    words = [parse.doc[index] for index in tokens]
    return any(len(word) > 4 or word.lower_ == "tues" or word.text.endswith(".") for word in words)


def _is_of_a_name(parse: Parse, found: Found, tokens: range) -> bool:
    if found.rule in {"weekday", "season"}:
        return _names(parse, tokens)
    if found.rule == "unit" and len(tokens) == 2:
        return _is_quoted_title(parse, tokens)
    if found.rule == "holiday":
        return _of_longer_name(parse, tokens)
    return found.rule in {"relative_day", "set"} and _in_a_name(parse, tokens)


def _of_longer_name(parse: Parse, tokens: range) -> bool:
    """Return whether a feast is part of a longer name: "Taher Ramadan", "Easter Island"."""
    kinds = {parse.doc[index].ent_type_ for index in tokens}
    if not kinds & {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"}:
        return False
    beside = (_word(parse, tokens.start - 1), _word(parse, tokens.stop))
    return any(
        word is not None and word.pos_ == "PROPN" and word.ent_type_ in kinds for word in beside
    )


def _is_quoted_title(parse: Parse, tokens: range) -> bool:
    """Return whether two words with capitals begin a quoted name: “This Week With …”."""
    words = [parse.doc[index] for index in tokens]
    before, after = _word(parse, tokens.start - 1), _word(parse, tokens.stop)
    if before is None or after is None or not before.is_quote:
        return False
    return all(word.is_title for word in words) and (after.is_quote or after.is_title)


def _names(parse: Parse, tokens: range) -> bool:
    """Return whether weekday or season begins a name: "The Saturday Post", "the Winter Games"."""
    first, last = parse.doc[tokens[0]], parse.doc[tokens[-1]]
    if first.lower_ != "the" or len(tokens) != 2 or tokens.stop >= len(parse.doc):
        return False
    after = parse.doc[tokens.stop]
    return last.is_title and after.pos_ == "PROPN" and after.is_title and last.head.i > last.i


def _in_a_name(parse: Parse, tokens: range) -> bool:
    """Return whether one word with a capital belongs to a name: "USA Today", "Nightly News"."""
    word = parse.doc[tokens[0]]
    if len(tokens) > 1 or not word.is_title or word.is_sent_start:
        return False
    before, after = _word(parse, word.i - 1), _word(parse, word.i + 1)
    follows = before is not None and before.pos_ == "PROPN" and word.pos_ == "PROPN"
    leads = after is not None and after.pos_ == "PROPN" and after.is_title
    return follows or leads


def _word(parse: Parse, index: int) -> Token | None:
    return parse.doc[index] if 0 <= index < len(parse.doc) else None


def _is_month(parse: Parse, index: int) -> bool:
    """Return whether a single month word is a month and not a verb or part of a name."""
    token = parse.doc[index]
    after = parse.doc[index + 1] if index + 1 < len(parse.doc) else None
    before = _word_before(parse, index)
    if before in beside("LEADS_TO_DATE"):
        return True
    if token.lower_ == "may" and after is not None and after.tag_ in {"VB", "VBP", "RB"}:
        return False
    if token.lower_ in {"may", "march"} and (
        token.tag_ not in {"NNP", "NN"} or token.is_sent_start
    ):
        return False
    if token.lower_ in AMBIGUOUS and after is not None and after.tag_ in {"NNP", "POS"}:
        return False
    return token.ent_type_ != "PERSON"


def _is_year(parse: Parse, tokens: range) -> bool:
    """Return whether four digits are a year and not a count, an amount or part of a name."""
    last = tokens[-1]
    token = parse.doc[last]
    if len(tokens) > 1:
        return True
    before = _word_before(parse, last)
    if before in beside("NEVER_A_YEAR"):
        return False
    head = token.head
    if token.dep_ == "nummod" and head.i > last:
        plural = head.tag_ in {"NNS", "NNPS"} and head.lemma_.lower() not in beside("YEARLY")
        return not plural or before in {"the", "'s", "’s", "in", "since", "its", "their"}
    return token.ent_type_ not in {"MONEY", "QUANTITY", "PERCENT"}
