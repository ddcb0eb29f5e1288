"""Other names that a report says somebody goes by: "known as", "whom they call", "alias"."""

from collections.abc import Iterator

from onrecord.stages.actors.cast import Drafts, key_of
from onrecord.stages.actors.names import Name
from onrecord.stages.actors.naming import naming
from onrecord.stages.actors.page import Page


def aliases(page: Page, drafts: Drafts) -> Iterator[tuple[str, str]]:
    """Yield (alias, name), by their keys, of each other name that a name is given beside it."""
    ending = {name.last: name for draft in drafts.values() for name in draft.names}
    for draft in drafts.values():
        for name in draft.names:
            cue = naming(page, name.first)
            bearer = _bearer(page, cue, ending) if cue is not None else None
            if cue is None or bearer is None:
                continue
            key = key_of(page, bearer)
            if key not in drafts or key == draft.key or ":" in key + draft.key:
                continue
            # "the chairman of the Foo, who is known as Bar": the chairman, not the Foo.
            personal = {"who", "whom"} & set(page.lower[bearer.last : name.first])
            if drafts[key].kind == "person" or not personal:
                yield draft.key, key


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
