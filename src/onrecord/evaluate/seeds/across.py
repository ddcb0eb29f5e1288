"""What the account asks of all reports together: lineage, disputes and actors."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from onrecord.evaluate.seeds.account import Account, Finding, name_words, pair
from onrecord.evaluate.seeds.within import same_value
from onrecord.stages.ties.lexicon import kinds
from onrecord.types import Actor, Claim, Dispute, Figure, Relation, Statement

Entry = Mapping[str, Any]
# The account's own words for relations that the record calls otherwise.
KINDS = {
    "suspended aid to": "suspends aid to",
    "attacks": "fights",
    "mediated between": "mediates between",
}
LINKING = frozenset({"text", "quotation"})  # kinds of copy in which words were taken
REFERS = ("refers", "passes on")  # relations to other reports that need not be copies


def findings(account: Account) -> Iterator[Finding]:
    """Yield what was asked for over all reports, and whether it is there."""
    yield from _lineage(account)
    yield from _disputes(account)
    yield from _actors(account)
    yield from _relations(account)


def _lineage(account: Account) -> Iterator[Finding]:
    """Check that reports of one origin are linked, and no independent one to another."""
    entries = account.gold.get("lineage", [])
    together = {pair_ for entry in entries for pair_ in combinations(sorted(entry["reports"]), 2)}
    linked = _linked(account)
    for one, other in sorted(together):
        right = (one, other) in linked
        yield Finding("lineage_found", one, f"{one} and {other}", right)
    told = {key for entry in entries for key in entry["reports"]}
    open_ = {
        key for entry in entries if entry["relation"].startswith(REFERS) for key in entry["reports"]
    }
    for one, other in sorted(linked - together):
        if told & {one, other} and not open_ & {one, other}:
            why = linked[one, other]
            yield Finding("lineage_wrong", one, f"{one} and {other}", False, why)


class _Links(dict[tuple[str, str], str]):
    """Pairs of reports, the lesser first, with why they are linked."""

    def __sub__(self, other: set[tuple[str, str]]) -> set[tuple[str, str]]:
        return set(self) - other


def _linked(account: Account) -> _Links:
    links = _Links()
    for copy in account.record.copies():
        if copy.kind in LINKING:
            ends = sorted(account.keys[key] for key in (copy.from_report, copy.to_report))
            links[ends[0], ends[1]] = f"{copy.kind}: {copy.passages[0].to.text}"
    for origin in account.record.origins():
        keys = sorted({account.keys[key] for key in origin.reports})
        for one, other in combinations(keys, 2):
            links.setdefault((one, other), f"origin: {origin.name}")
    return links


def _disputes(account: Account) -> Iterator[Finding]:
    gold = account.gold.get("disputes", [])
    ours = account.record.disputes()

    def fit(one: Entry, other: Dispute) -> float:
        return float(_same_dispute(account, one, other))

    paired = pair(gold, ours, fit)
    for one, found in zip(gold, paired, strict=True):
        where = ", ".join(one["reports"])
        text = found.text if found else ""
        yield Finding("disputes_found", where, one["claim"], found is not None, text)


def _same_dispute(account: Account, gold: Entry, ours: Dispute) -> bool:
    kind = gold.get("kind", "denial")
    if kind != ours.kind:
        return False
    reports = {account.by_key[key].id for key in gold["reports"]}
    if kind == "figure":
        return _same_figures(account, gold, ours, reports)
    if kind == "speaker":
        statements = account.record.many(Statement, ours.statements)
        names = {entry["speaker"].casefold() for entry in gold["speakers"]}
        met = {name for name in names if _speaks(account, (name,), statements, reports)}
        return met == names
    asserting, denying = _two_sides(account, ours)
    return _speaks(account, gold["asserted_by"], asserting, reports) and _speaks(
        account, gold["denied_by"], denying, reports
    )


def _two_sides(account: Account, ours: Dispute) -> tuple[list[Statement], list[Statement]]:
    """Return who asserts and who denies: as the claim tells it, else by what the words do."""
    record = account.record
    for claim in record.many(Claim, [ours.claim] if ours.claim else []):
        return record.many(Statement, claim.asserted), record.many(Statement, claim.denied)
    statements = record.many(Statement, ours.statements)
    denying = [statement for statement in statements if statement.act == "deny"]
    return [statement for statement in statements if statement.act != "deny"], denying


def _speaks(
    account: Account, names: Sequence[str], statements: Sequence[Statement], reports: set[str]
) -> bool:
    return any(
        account.speaks({"speaker": name}, statement.speaker)
        for name in names
        for statement in statements
        if statement.report in reports
    )


def _same_figures(account: Account, gold: Entry, ours: Dispute, reports: set[str]) -> bool:
    """Tell whether two of the figures that differ are among ours."""
    figures = [f for f in account.record.many(Figure, ours.figures) if f.report in reports]
    met = [one for one in gold["figures"] if any(same_value(one, figure) for figure in figures)]
    return len(met) > 1


def _actors(account: Account) -> Iterator[Finding]:
    names = {key: _names(actor) for key, actor in account.actors.items()}
    for entry in account.gold.get("actors", []):
        also = [name_words(name) for name in entry.get("also", [])]
        wanted = {name_words(entry["name"]), *also}
        best = _best(name_words(entry["name"]), wanted, names)
        held = names.get(best, set()) & wanted
        ours = account.actors[best] if held else None
        shown = "; ".join(ours.names) if ours else ""
        yield Finding("actors_found", "", entry["name"], ours is not None, shown)
        for name in entry.get("also", []):
            yield Finding("actor_names", "", name, name_words(name) in held, shown)
        if ours:
            yield Finding("actor_kinds", "", entry["kind"], ours.kind == entry["kind"], ours.name)
    yield from _merges(account, names)


def _best(
    name: frozenset[str],
    wanted: set[frozenset[str]],
    names: Mapping[str, set[frozenset[str]]],
) -> str:
    """Return the actor that has the name, else most of the others that are wanted."""

    def fit(key: str) -> tuple[bool, int]:
        return name in names[key], len(wanted & names[key])

    return max(sorted(names), key=fit, default="")


def _names(actor: Actor) -> set[frozenset[str]]:
    return {name_words(name) for name in (actor.name, *actor.names)}


def _relations(account: Account) -> Iterator[Finding]:
    """Check what is said to hold between actors, and how it stands, "denied_by" being disputed."""
    ends = {entry["name"]: _ends(account, entry) for entry in account.gold.get("actors", [])}
    ours = account.record.relations()
    for entry in account.gold.get("relations", []):
        kind = KINDS.get(entry["relation"], entry["relation"])
        objects = entry["object"] if isinstance(entry["object"], list) else [entry["object"]]
        for name in objects:
            subject, other = (
                ends.get(end) or _ends(account, {"name": end}) for end in (entry["subject"], name)
            )
            found = [r for r in ours if r.kind == kind and _between(r, subject, other)]
            told = f"{entry['subject']} {entry['relation']} {name}"
            shown = "; ".join(f"{r.kind}: {r.status}" for r in found)
            yield Finding("relations_found", "", told, bool(found), shown)
            if found:
                wanted = {"disputed"} if "denied_by" in entry else {"told", "asserted", "disputed"}
                right = any(r.status in wanted for r in found)
                yield Finding("relations_standing", "", told, right, shown)


def _ends(account: Account, entry: Entry) -> set[str]:
    """Return the actors that go by a name of the account, or by another that it gives."""
    wanted = {name_words(name) for name in (entry["name"], *entry.get("also", []))}
    return {key for key, actor in account.actors.items() if wanted & _names(actor)}


def _between(relation: Relation, subject: set[str], other: set[str]) -> bool:
    if relation.subject in subject and relation.object in other:
        return True
    return kinds()[relation.kind].both and relation.subject in other and relation.object in subject


def _merges(account: Account, names: Mapping[str, set[frozenset[str]]]) -> Iterator[Finding]:
    """Find actors that hold the names of two that the account keeps apart."""
    for one, other in _apart(account):
        for key, held in names.items():
            if {name_words(one), name_words(other)} <= held:
                shown = "; ".join(account.actors[key].names)
                yield Finding("wrong_merges", "", f"{one} is not {other}", False, shown)


def _apart(account: Account) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names that are not one: those said to be so, and any two listed."""
    entries = account.gold.get("actors", [])
    apart = {frozenset(pair_) for pair_ in combinations([entry["name"] for entry in entries], 2)}
    for entry in entries:
        others = entry.get("not", [])
        for other in [others] if isinstance(others, str) else others:
            apart.add(frozenset((entry["name"], other)))
    for names in sorted(sorted(pair_) for pair_ in apart):
        if len(names) > 1 and name_words(names[0]) != name_words(names[1]):
            yield names[0], names[1]
