"""What editions do to the words of paragraphs, with the share that is kept and what changed."""

import random
import re

from .grammar import capital
from .truth import Change
from .world import Story, World
from .writing import Para, para

ROUGH = r"(?:(?:[Aa]bout|[Nn]early|[Aa]lmost|[Ss]ome|[Rr]oughly) )?(?:about )?"
NUMBER = re.compile(ROUGH + r"\b(\d{1,3},\d{3}|\d{3})\b(?!,\d)")
SOURCED = re.compile(r"\[(an? (?:source|official|person|insider)\b[^\]]*)\]", re.IGNORECASE)
ARTICLE = re.compile(r"\b([Aa])n? (?=([a-z]))")
VOICED = re.compile(r"~([!?])([1-4])")
NAMED = re.compile(r"\[[^\]]+\]")
COMMON = frozenset("The A An At In On Two Three Four Five Six Some Of By".split())
JOINTS = (" after ", " when ", " because ", " while ", " since ", " until ")
RUN = 3  # words in a row that a translation leaves
# British and American spelling: of these words, not of endings, as editors do.
SPELLINGS = (
    ("abour", "abor"),
    ("eighbour", "eighbor"),
    ("arbour", "arbor"),
    ("avour", "avor"),
    ("olour", "olor"),
    ("umour", "umor"),
    ("rganis", "rganiz"),
    ("ecognis", "ecogniz"),
    ("efence", "efense"),
    ("entre", "enter"),
    ("rogramme", "rogram"),
    ("ravell", "ravel"),
    ("ancelled", "anceled"),
    ("metres", "meters"),
    ("onnes", "ons"),
)
Changes = list[Change]


def remade(one: Para, sentences: tuple[str, ...], kept: float = 1.0) -> Para:
    """Return a paragraph in other words that begins where the old one does."""
    return para(
        sentences,
        one.origin,
        one.number,
        quotes=one.quotes,
        kept=one.kept * kept,
        renders=one.renders,
    )


def spelled(one: Para, *, american: bool) -> Para:
    """Return a paragraph in the other spelling; the same one where it has no such word."""
    text = "\n".join(one.sentences)
    made = respelled(text, american=american)
    return one if made == text else remade(one, tuple(made.split("\n")))


def respelled(text: str, *, american: bool) -> str:
    """Return a text in American or British spelling."""
    for british, other in SPELLINGS:
        if american:
            text = text.replace(british, other)
        elif other not in ("enter", "ons", "ravel", "rogram") and other in text:
            text = text.replace(other, british)
    return text


def slipped(one: Para, chance: random.Random, changes: Changes) -> Para:
    """Return a paragraph with two letters of a word in the wrong order."""
    place = int(chance.random() * len(one.sentences))
    tokens = one.sentences[place].split(" ")
    at = int(chance.random() * len(tokens))
    word = tokens[at]
    if len(word) < 5 or not word.isalpha() or not word.islower():
        return one
    letter = 1 + int(chance.random() * (len(word) - 3))
    tokens[at] = f"{word[:letter]}{word[letter + 1]}{word[letter]}{word[letter + 2 :]}"
    if tokens[at] == word:
        return one
    changes.append(Change("typo", word, tokens[at]))
    sentences = (*one.sentences[:place], " ".join(tokens), *one.sentences[place + 1 :])
    return remade(one, sentences, 1 - 1 / (one.text.count(" ") + 1))


def lightly(one: Para, made: World, story: Story, chance: random.Random, changes: Changes) -> Para:
    """Return a paragraph in other words here and there, some of its meaning lost on the way."""
    replaced = 0
    sentences: list[str] = []
    for text in one.sentences:
        text, count = _synonyms(text, made.swaps, chance)
        replaced += count
        text = _meaning(text, made, story, chance, changes)
        sentences.append(_reordered(text) if chance.random() < 0.3 else text)
    if tuple(sentences) == one.sentences:
        return one
    return remade(one, tuple(sentences), max(0.0, 1 - replaced / (one.text.count(" ") + 1)))


def _synonyms(text: str, swaps: dict[str, str], chance: random.Random) -> tuple[str, int]:
    """Return a sentence with other words outside of its quotations, and how many."""
    tokens = text.split(" ")
    quoted, count = False, 0
    for i, token in enumerate(tokens):
        if "“" in token:
            quoted = True
        if "”" in token:
            quoted = False
        elif not quoted and token in swaps and chance.random() < 0.8:
            tokens[i] = swaps[token]
            count += 1
    made = " ".join(tokens)
    return (ARTICLE.sub(_article, made) if count else made), count


def _article(match: re.Match[str]) -> str:
    return match[1] + ("n " if match[2] in "aeiou" else " ")


def _meaning(text: str, made: World, story: Story, chance: random.Random, changes: Changes) -> str:
    """Return a sentence with a number rounded, a hedge dropped, a source or a speaker changed."""
    rnd = chance.random
    if rnd() < 0.3 and (match := NUMBER.search(text)):
        text = _rounded(text, match, changes)
    if rnd() < 0.35 and "“" not in text:
        for hedge in made.hedges:
            if hedge in text:
                text = capital(text.replace(hedge, "", 1))
                changes.append(Change("hedge dropped", hedge.strip(), ""))
                break
    if "[" in text and rnd() < 0.4:
        text = _resourced(text, made, story, chance, changes)
    return text


def _rounded(text: str, match: re.Match[str], changes: Changes) -> str:
    value = int(match[1].replace(",", ""))
    now = f"about {round(value, -1 if value < 500 else -2 if value < 5_000 else -3):,}"
    now = now.capitalize() if match[0][0].isupper() else now
    changes.append(Change("number rounded", match[0], now))
    return text[: match.start()] + now + text[match.end() :]


def _resourced(
    text: str, made: World, story: Story, chance: random.Random, changes: Changes
) -> str:
    """Return a sentence with its unnamed source promoted, or its words given to another."""
    found = SOURCED.search(text)
    if found:
        promoted = made.banks["promoted"]
        now = str(promoted[int(chance.random() * len(promoted))])
        changes.append(Change("source promoted", found[1], now))
        return capital(f"{text[: found.start()]}[{now}]{text[found.end() :]}")
    voiced = VOICED.search(text)
    if voiced and chance.random() < 0.15:
        key = str(1 + int(voiced[2]) % 4)
        was, now = story.cast[voiced[2]].family, story.cast[key].family
        if was != now and was in text:
            changes.append(Change("speaker swapped", was, now))
            text = text.replace(voiced[0], f"~{voiced[1]}{key}", 1)
            return NAMED.sub(f"[{now}]", text, count=1)
    return text


def _reordered(text: str) -> str:
    """Return a plain sentence with its subordinate clause first."""
    if "[" in text or "“" in text or not text.endswith("."):
        return text
    first = text.split(" ", 1)[0]
    if first not in COMMON:
        return text
    for joint in JOINTS:
        main, found, rest = text.partition(joint)
        if found and "," not in rest:
            return f"{capital(joint.strip())} {rest[:-1]}, {main[0].lower()}{main[1:]}."
    return text


def rendered(
    paras: list[Para], made: World, chance: random.Random
) -> list[tuple[tuple[str, ...], Para]]:
    """Return the sentences of paragraphs in another order and in words of no long run."""
    found: list[tuple[tuple[str, ...], Para]] = []
    for one in paras:
        sentences = [_disordered(text, made, chance) for text in one.sentences]
        chance.shuffle(sentences)
        found.append((tuple(sentences), one))
    if len(found) > 3:
        at = 1 + int(chance.random() * (len(found) - 2))
        found[at], found[at + 1] = found[at + 1], found[at]
    return found


def _disordered(text: str, made: World, chance: random.Random) -> str:
    """Return a sentence of which no more than a few words in a row are as they were."""
    fillers = made.banks["filler"]
    out: list[str] = []
    since = 0
    for token in text.split(" "):
        bare = token.rstrip(",.;:”>")
        now = made.disorder.get(bare)
        if now is not None and (since or chance.random() < 0.5):
            out.append(now + token[len(bare) :])
            since = 0
            continue
        named = token[:1].isupper() and out[-1:] and out[-1][-1:].isalpha() and out[-1][0].isupper()
        if since >= RUN and not named:
            out.append(str(fillers[int(chance.random() * len(fillers))]))
            since = 0
        out.append(token)
        since += 1
    return " ".join(out)


def quotation_altered(words: str, chance: random.Random, changes: Changes) -> str:
    """Return a quotation with its spelling or its punctuation changed, or as it is."""
    drawn = chance.random()
    if drawn < 0.4:
        return words
    if drawn < 0.7:
        now = words.replace(", ", " – ", 1) if ", " in words else words.replace("; ", ", ", 1)
    else:
        now = respelled(words, american=True)
    if now != words:
        changes.append(Change("quotation altered", words, now))
    return now
