"""How likely one statement contradicts another, by weights over signs that can be read.

Signs are where the two stand in a report, whose sides they are on, the words they share, and what
in the second answers something: a verb that rejects, a word for a lie, a negation. The weights are
of a logistic regression over these (`models/contradiction.md`).
"""

from collections.abc import Iterator, Mapping

from onrecord.stages.claims.utterances import CONTRADICTS, Utterance, days_apart
from onrecord.stages.claims.weighing import band, weighed, weights

FAR = 6  # statements between two of one report, from which on they are far apart
CLOSE, NEAR = 250, 700  # characters between them
SHARED = (0.0, 3.0, 6.0, 10.0)  # bits of the words that both have, at which a new band begins
COVERED = (0.0, 0.15, 0.3, 0.5)  # the same as a share of the shorter one's
ALIKE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.65)  # cosines of their meanings
MONTH, YEAR = 31, 366
SURE = 0.9
# Signs that an answer means what was charged: by a word for a charge, or by what it is about.
MEANT = frozenset(
    {"a says claim", "a framed by claim", "a says false"}
    | {f"bits {n}" for n in range(1, 5)}
    | {f"alike {n}" for n in range(3, 7)}
)
REJECTS = frozenset(
    {"a act deny", "a cue cue", "a cue phrase", "a says false", "a framed by false"}
)
# Signs of which statement a report means when it says that another contradicts it.
TOLD_OF = frozenset({"names who said it", "place +1", "reply of one meant"})
# Signs of an answer that tell more or less by how near the first statement is, and how like it.
CROSSED = frozenset(
    {
        "a act deny",
        "a act criticise",
        "a cue cue",
        "a cue phrase",
        "a says false",
        "a says negative",
        "a framed by false",
        "a framed by claim",
        "a set against",
    }
)


def features(first: Utterance, answer: Utterance, bits: Mapping[str, float]) -> frozenset[str]:
    """Return the signs of whether the second statement contradicts the first.

    `bits` gives how much it tells, in bits, that two statements share a stem.
    """
    found = set(_placed(first, answer)) | set(_sided(first, answer))
    worded = _worded(first, answer, bits)
    found |= set(worded)
    signs = {f"a {sign}" for sign in answer.signs}
    found |= signs | {f"f {sign}" for sign in first.signs}
    near = next((sign for sign in found if sign.startswith("place ")), "")
    close = near in ("place +1", "place +2")
    for sign in CROSSED & signs:
        found.add(f"{sign} & {'close' if close else 'not close'}")
        found.add(f"{sign} & {worded[-1]}")
        found.add(f"{sign} & {worded[0]}")
    if "turns +1" in found:
        found |= {f"{sign} & next turn" for sign in CROSSED & signs}
        found |= {f"{sign} & next turn" for sign in ("reply of one meant", "f act accuse")
                  if sign in found}  # fmt: skip
    if "reply of one meant" in found and close:
        found.add("reply of one meant & close")
    return frozenset(found)


def _placed(first: Utterance, answer: Utterance) -> Iterator[str]:
    one, other = first.statement, answer.statement
    if one.report != other.report:
        yield "place elsewhere"
        yield "one story" if first.story == answer.story else "two stories"
        apart = days_apart(one.said, other.said)
        yield "apart " + ("days" if apart < MONTH else "months" if apart < YEAR else "years")
        return
    steps = answer.place - first.place
    yield f"place {'+' if steps > 0 else '-'}{min(FAR, abs(steps))}"
    turns = answer.turn - first.turn
    yield f"turns {'+' if turns > 0 else '-' if turns < 0 else ''}{min(3, abs(turns))}"
    blocks = answer.block - first.block
    yield f"paragraphs {max(-2, min(3, blocks))}"
    gap = answer.start - first.end if steps > 0 else first.start - answer.end
    yield "gap " + ("close" if gap < CLOSE else "near" if gap < NEAR else "far")
    if gap < 0:
        yield "one within the other"


def _sided(first: Utterance, answer: Utterance) -> Iterator[str]:
    if not first.own or not answer.own:
        yield "sides not told"
    else:
        yield "two sides"
    if answer.own & first.about:
        yield "reply of one meant"
        if "act accuse" in first.signs:
            yield "reply of one accused"
    if first.own & answer.about:
        yield "names who said it"
    both = len(first.about & answer.about)
    yield f"actors {min(2, both)}"


def _worded(first: Utterance, answer: Utterance, bits: Mapping[str, float]) -> list[str]:
    shared = sum(bits.get(word, 0.0) for word in first.stems & answer.stems)
    smaller = min(
        sum(bits.get(word, 0.0) for word in first.stems),
        sum(bits.get(word, 0.0) for word in answer.stems),
    )
    alike = band(float(first.meaning @ answer.meaning), ALIKE)
    return [
        f"alike {alike}",
        f"bits {band(shared, SHARED)}",
        f"covered {band(shared / smaller if smaller else 0.0, COVERED)}",
        f"shares {min(2, band(shared, SHARED))}",
    ]


def is_sure(found: frozenset[str]) -> bool:
    """Tell whether signs leave no doubt, however the rest is weighed.

    Whoever is accused rejects after it the charge as such or in words like its own, or what is
    denied is nearly the same words in one story, or the report itself says that the one contradicts
    the other, which stands just before it or whose speaker it names.
    """
    if f"a {CONTRADICTS}" in found and not found.isdisjoint(TOLD_OF):
        return True
    rejects = not found.isdisjoint(REJECTS)
    after = any(sign.startswith("place +") for sign in found)
    accused = after and "reply of one accused" in found and not found.isdisjoint(MEANT)
    same = not found.isdisjoint({"alike 6"}) and not found.isdisjoint({"covered 3", "covered 4"})
    apart = "two stories" in found or "two sides" not in found
    return rejects and (accused or (same and not apart and "a act deny" in found))


def is_far(found: frozenset[str]) -> bool:
    """Tell whether two statements are of reports of two stories and of nobody whom both name."""
    named = not found.isdisjoint(
        {"actors 1", "actors 2", "names who said it", "reply of one meant"}
    )
    return "two stories" in found and not named


def likelihood(found: frozenset[str], given: Mapping[str, float] | None = None) -> float:
    """Return how likely a pair of statements with these signs contradict each other, 0 to 1."""
    if given is None and is_sure(found):
        return SURE
    return weighed(found, weights("contradiction") if given is None else given)
