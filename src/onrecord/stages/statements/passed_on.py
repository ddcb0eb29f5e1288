"""An outlet that prints what somebody says of himself hands the words on: it does not speak."""

from dataclasses import replace

from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution
from onrecord.stages.statements.outlets import Outlets
from onrecord.types import Hop, Speaker, Statement

OF_ONESELF = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
PRONOUNS = frozenset({"PRP", "PRP$"})  # "US" is none, nor a "mine"
PRINTING = frozenset({"report", "publish", "carry", "quote", "cite", "print", "relay"})


def passed_on(statement: Statement, parse: Parse, item: Attribution, outlets: Outlets) -> Statement:
    """Return the statement, of an unnamed speaker where an outlet reports words of "we" and "I"."""
    if item.head is None or not item.source or not _is_outlet(item, outlets):
        return statement
    cited = item.hand is not None or parse.doc[item.head].lemma_.lower() in PRINTING
    if not cited or not _of_oneself(parse, item):
        return statement
    outlet = statement.speaker
    first = Hop(outlet.name, outlet.actor, statement.source)
    others = (hop for hop in statement.chain if hop.name != outlet.name)
    nobody = Speaker(name="", unnamed=True)
    return replace(statement, source=(), speaker=nobody, chain=(first, *others))


def _is_outlet(item: Attribution, outlets: Outlets) -> bool:
    return any(outlets.at(token) for start, end in item.source for token in range(start, end))


def _of_oneself(parse: Parse, item: Attribution) -> bool:
    """Tell whether the content is somebody's speech of himself, begun outside of quotation marks.

    A report that quotes another within its own words tells of others.
    """
    (start, end), *_ = item.content
    if item.entry is not None and parse.doc[start].is_quote:
        start += 1
    words = [parse.doc[index] for first, last in item.content for index in range(first, last)]
    marks = sum(word.is_quote for word in parse.doc[start:end])
    return marks == 0 and any(word.lower_ in OF_ONESELF and word.tag_ in PRONOUNS for word in words)
