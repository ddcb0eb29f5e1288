"""Speech that a colon or a dash gives to a name: headlines and "Name: “...”"."""

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.parsing import Parse
from onrecord.stages.statements.attribution import Attribution, Range, is_mark, tidy
from onrecord.stages.statements.lexicon import cues, words
from onrecord.stages.statements.sentences import sentence_of

HEADLINE = 30  # tokens; a longer first block is no headline
NAME = 6  # tokens; a longer side of the colon is no name
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
DASHES = frozenset({"—", "–", "-", "--"})


def named_quotations(parse: Parse) -> Iterator[Attribution]:
    """Yield what stands as `Name: “...”` at the start of a sentence."""
    doc = parse.doc
    for index in range(1, len(doc) - 1):
        if doc[index].text != ":" or not is_mark(doc[index + 1]):
            continue
        start = sentence_of(doc[index])[0]
        if not 0 < index - start <= NAME or not _is_name(parse, start, index):
            continue
        yield Attribution(
            source=((start, index),),
            cue=(),
            content=((index + 1, min(index + 3, len(doc))),),
            rule="name and colon",
            subject=index - 1,
        )


def headlines(parse: Parse) -> Iterator[Attribution]:
    """Yield what a headline gives to a name: "X: We ...", "...: X", "..., says X"."""
    for number in range(min(len(parse.blocks), 3)):
        tokens = parse.block_tokens(number)
        if not _is_headline(parse, number, tokens):
            continue
        for rule in (_name_first, _name_last, _verb_last):
            found = rule(parse, tokens)
            if found is not None:
                yield found
                break


def _is_headline(parse: Parse, number: int, tokens: range) -> bool:
    if parse.blocks[number].kind == "title":
        return True
    last = parse.doc[tokens.stop - 1].text
    return number == 0 and len(parse.blocks) > 1 and len(tokens) <= HEADLINE and last not in ".:"


def _name_first(parse: Parse, tokens: range) -> Attribution | None:
    doc = parse.doc
    colon = next((i for i in tokens if doc[i].text == ":"), None)
    if colon is None or colon == tokens.start or doc[tokens.stop - 1].text == "?":
        return None
    end = next((i for i in range(tokens.start, colon) if doc[i].lower_ == "on"), colon)
    if end == colon and colon - tokens.start > NAME:
        return None
    after = range(colon + 1, tokens.stop)
    if not _is_name(parse, tokens.start, end) or not any(doc[i].tag_ in FINITE for i in after):
        return None
    if end - tokens.start > NAME or any(_reports(doc[i]) for i in after):
        return None
    return _given(parse, (tokens.start, end), (colon + 1, tokens.stop), "headline: name first")


def _name_last(parse: Parse, tokens: range) -> Attribution | None:
    doc = parse.doc
    for index in range(tokens.stop - 2, max(tokens.start + 3, tokens.stop - NAME - 2), -1):
        mark = doc[index].text
        if mark != ":" and mark not in DASHES:
            continue
        named = mark == ":" and _is_name(parse, index + 1, tokens.stop)
        if not named and not _is_speaking_noun(doc[tokens.stop - 1]):
            return None
        return _given(parse, (index + 1, tokens.stop), (tokens.start, index), "headline: name last")
    return None


def _verb_last(parse: Parse, tokens: range) -> Attribution | None:
    """Read "..., says X": taggers take such verbs for nouns, so the form alone decides."""
    doc = parse.doc
    for index in range(tokens.stop - 2, max(tokens.start + 3, tokens.stop - NAME - 1), -1):
        if not _reports(doc[index]) or not doc[index].lower_.endswith("s"):
            continue
        before = range(tokens.start, index)
        if not any(doc[i].tag_ in FINITE for i in before):
            return None
        if not _is_name(parse, index + 1, tokens.stop):
            return None
        return _given(
            parse,
            (index + 1, tokens.stop),
            (tokens.start, index),
            "headline: verb last",
            cue=index,
        )
    return None


def _given(
    parse: Parse, source: Range, content: Range, rule: str, *, cue: int | None = None
) -> Attribution | None:
    spans = tidy(parse.doc, (content,))
    if not spans:
        return None
    return Attribution(
        source=(source,),
        cue=((cue, cue + 1),) if cue is not None else (),
        content=spans,
        rule=rule,
        entry=cues("verb").get(_lemma(parse.doc[cue])) if cue is not None else None,
        head=cue,
        subject=source[1] - 1,
    )


def _reports(token: Token) -> bool:
    entry = cues("verb").get(_lemma(token))
    return entry is not None and entry.quotes


def _lemma(token: Token) -> str:
    """Return the verb's lemma also where a headline's verb was tagged as a plural noun."""
    lemma: str = token.lemma_.lower()
    if token.lower_ == "says":
        return "say"
    return lemma


def _is_speaking_noun(token: Token) -> bool:
    return token.lemma_.lower() in words("speaking_nouns.tsv")


def _is_name(parse: Parse, start: int, end: int) -> bool:
    """Tell whether the tokens are a name or an office: no verb, and a fitting last noun."""
    doc = parse.doc
    if start >= end:
        return False
    inside = [doc[i] for i in range(start, end)]
    if any(token.tag_ in FINITE or token.text in ",;" for token in inside):
        return False
    last = inside[-1]
    return (last.pos_ == "PROPN" or _is_speaking_noun(last)) and last.text[:1].isalpha()
