"""The words that give somebody another name: "known as", "whom they call", "alias"."""

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


def naming(page: Page, first: int) -> int | None:
    """Return where the words begin that give the name at token `first` as an alias, or None."""
    begin = first - (page.lower[first - 1 : first] == ["the"])
    for words in NAMED_SO:
        start = begin - len(words)
        if start >= 0 and tuple(page.lower[start:begin]) == words:
            return start
    if begin > 0 and page.lemma[begin - 1] in CALLING:
        near = range(begin - 2, max(-1, begin - 2 - REACH), -1)
        return next((i for i in near if page.lower[i] in ("whom", "who")), None)
    return None
