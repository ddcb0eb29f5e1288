"""Other names that a report says somebody goes by: "known as", "whom they call", "alias"."""

from collections.abc import Iterator

from onrecord.stages.actors.cast import Drafts, key_of
from onrecord.stages.actors.names import Name
from onrecord.stages.actors.page import Page

# Words before an alias, the longest first; all stand right before it, or before its "the".
NAMED_SO = (
    ("goes", "by", "the", "name", "of"),
    ("goes", "by", "the", "name"),
    ("known", "under", "the", "alias"),
    ("under", "the", "alias"),
    ("better", "known", "as"),
    ("also", "known", "as"),
    ("known", "locally", "as"),
    ("known", "as"),
    ("goes", "by"),
    ("nicknamed",),
    ("alias",),
    ("aka",),
)
CALLING = frozenset({"call", "dub", "nickname"})
REACH = 8  # tokens between a name and the words that give its alias


def aliases(page: Page, drafts: Drafts) -> Iterator[tuple[str, str]]:
    """Yield (alias, name), by their keys, of each other name that a name is given beside it."""
    ending = {name.last: name for draft in drafts.values() for name in draft.names}
    for draft in drafts.values():
        for name in draft.names:
            begin = name.first - (page.lower[name.first - 1 : name.first] == ["the"])
            cue = _naming(page, begin)
            bearer = _bearer(page, cue, ending) if cue is not None else None
            if bearer is not None:
                key = key_of(page, bearer)
                if key in drafts and key != draft.key and ":" not in key + draft.key:
                    yield draft.key, key


def _naming(page: Page, begin: int) -> int | None:
    """Return where the words begin that give a name as an alias, or None."""
    for words in NAMED_SO:
        first = begin - len(words)
        if first >= 0 and tuple(page.lower[first:begin]) == words:
            return first
    if begin > 0 and page.lemma[begin - 1] in CALLING:
        near = range(begin - 2, max(-1, begin - 2 - REACH), -1)
        return next((i for i in near if page.lower[i] in ("whom", "who")), None)
    return None


def _bearer(page: Page, cue: int, ending: dict[int, Name]) -> Name | None:
    """Return the name that stands before "(, who is) known as", in the same sentence."""
    i = cue
    floor = page.bounds[page.sentence[cue]][0]
    while i > floor and (
        page.lower[i - 1] in ("who", "is", "was", "whom", ",", "(", "and", "'s", "’s")
        or page.pos[i - 1] == "ADV"
    ):
        i -= 1
    return ending.get(i)
