"""Speech in turns: transcripts and interviews, where a name and a colon open each turn."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution, Range, tidy

TURN = re.compile(
    r"(?P<name>[A-Z][\w.’'\-]*(?:[ \t][\w.’'\-]+){0,4})[ \t]*(?:\([^)\n]*\))?:[ \t\n]"
)
ANSWERS = frozenset({"A", "Answer"})
QUESTIONS = frozenset({"Q", "Question"})
FEWEST_TURNS = 3  # turns of a report before it is read as a transcript
SMALL = 0.1  # small letters for each capital, at the most, in a text that is all in capitals
QUESTION = "question"  # the rule of an interviewer's turn, which is no statement
FEWEST_QUESTIONS = 2  # turns that end in a question before somebody is the interviewer


def turns(parse: Parse) -> list[Attribution]:
    """Return what each turn of a transcript says, the interviewer's turns as questions."""
    opened = [_turn(parse, number) for number in range(len(parse.blocks))]
    capitals = _in_capitals(parse.report.text)
    names = Counter(name for name, _ in filter(None, opened) if _speaks_in_turns(name, capitals))
    if sum(names.values()) < FEWEST_TURNS or len(names) < 2:
        return []
    result: list[Attribution] = []
    current: list[Range] = []
    source: Range | None = None
    for number, head in enumerate(opened):
        tokens = parse.block_tokens(number)
        if head is None or head[0] not in names:
            if source is not None:
                current.append((tokens.start, tokens.stop))
            continue
        result.extend(_spoken(parse, source, current))
        source = (tokens.start, head[1])
        after = _after_colon(parse, head[1], tokens.stop)
        current = [(after, tokens.stop)]
    result.extend(_spoken(parse, source, current))
    return _with_questions(parse, result)


def _with_questions(parse: Parse, spoken: list[Attribution]) -> list[Attribution]:
    """Mark the turns of who asks, each with the turn of the guest whom it is put to."""
    asker = _asker(parse, spoken)
    if asker is None:
        return [item for item in spoken if not _asks(parse, item)]
    result: list[Attribution] = []
    guest: Attribution | None = None
    for item in reversed(spoken):
        if _name_of(parse, item) == asker:
            item = replace(item, rule=QUESTION, guest=guest)
        else:
            guest = item
        result.append(item)
    return list(reversed(result))


def _asks(parse: Parse, item: Attribution) -> bool:
    return parse.doc[item.content[-1][1] - 1].text == "?"


def _asker(parse: Parse, spoken: list[Attribution]) -> str | None:
    """Return the one who asks more turns that end in a question than all the others together."""
    asked: Counter[str] = Counter()
    for item in spoken:
        if _asks(parse, item):
            asked[_name_of(parse, item)] += 1
    if not asked:
        return None
    name, count = min(asked.items(), key=lambda pair: (-pair[1], pair[0]))
    return name if count >= FEWEST_QUESTIONS and 2 * count > sum(asked.values()) else None


def _name_of(parse: Parse, item: Attribution) -> str:
    return str(parse.doc[item.source[0][0] : item.source[0][1]].text) if item.source else ""


def _speaks_in_turns(name: str, capitals: bool) -> bool:
    """Tell whether a name opens turns; where all is in capitals, "X SAID:" looks like one."""
    if name in ANSWERS or name in QUESTIONS:
        return True
    return not capitals and (name.isupper() or name.istitle())


def _in_capitals(text: str) -> bool:
    small = sum(map(str.islower, text))
    return small <= SMALL * sum(map(str.isupper, text))


def _turn(parse: Parse, number: int) -> tuple[str, int] | None:
    """Return the name that a block opens with before a colon, and the token after the name."""
    tokens = parse.block_tokens(number)
    start = parse.starts[tokens.start]
    found = TURN.match(parse.report.text, start, min(parse.blocks[number].end, start + 120))
    if found is None:
        return None
    return found["name"], parse.token_at(found.end("name") - 1) + 1


def _after_colon(parse: Parse, index: int, stop: int) -> int:
    while index < stop and not parse.doc[index].text.endswith(":"):
        index += 1
    return min(index + 1, stop)


def _spoken(parse: Parse, source: Range | None, content: list[Range]) -> Iterator[Attribution]:
    if source is None:
        return
    name = parse.doc[source[0] : source[1]].text
    spans = tidy(parse.doc, content)
    if name in QUESTIONS or not spans:
        return
    answer = name in ANSWERS
    yield Attribution(
        source=() if answer else (source,),
        cue=(),
        content=spans,
        rule="answer" if answer else "turn",
        subject=None if answer else source[1] - 1,
    )
