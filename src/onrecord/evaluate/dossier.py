"""Disputes, relations and promises that a record is to find over a whole dossier of reports.

The account is YAML beside a folder `reports`, exhaustive for what it lists: disputes of three kinds
with the words on each side, relations with when they held, what was announced and what became of
it. Every `words` is an exact substring of its report. Beside recall there is precision: a dispute
or a relation of ours that the account does not have is wrong.

A denial dispute is found when ours has words of both of its sides on the right sides, one of
figures or of speakers when ours has two of its values or speakers. A relation is found when its
ends, kind and status are; its interval is right when both ends lie in the periods that the account
gives, or are open where it leaves them open.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from onrecord.errors import RunError
from onrecord.evaluate import read_yaml
from onrecord.geography import fold
from onrecord.record import Record
from onrecord.run import build
from onrecord.settings import Settings
from onrecord.types import (
    Claim,
    Dispute,
    Event,
    Evidence,
    Figure,
    Relation,
    Report,
    Sequel,
    Statement,
)

Entry = Mapping[str, Any]
Prediction = dict[str, Any]
OUTCOMES = {"kept": "kept", "carried out": "kept", "broken": "broken", "followed": "told of"}
KINDS = ("denial", "figure", "speaker")
BOTH = frozenset({"allied with", "fights", "negotiates with", "truce with"})
Span = tuple[str, int, int]


def read(file: Path, texts: Path | None = None) -> list[Prediction]:
    """Return the account and the folder of its reports as one row.

    Raises `RunError` when the file is no account or the reports are not there.
    """
    gold = read_yaml(file)
    if not isinstance(gold, dict) or not isinstance(gold.get("disputes"), list):
        remedy = "Give an account like training/labelled/dossiers/tuning/expected.yaml"
        raise RunError("no list `disputes`", file=str(file), remedy=remedy)
    folder = texts or file.resolve().parent / "reports"
    if not folder.is_dir():
        raise RunError("its reports are not beside it", file=str(file), remedy="Say --texts DIR")
    return [{"gold": gold, "texts": str(folder)}]


def predict(rows: Sequence[Prediction], settings: Settings) -> Iterator[Prediction]:
    """Yield what the account asks for and what the record has beyond it.

    `{"figure", "gold", "ours", "right"}`: which figure it counts for, as words what was asked for
    and what the record has (None: nothing), and whether that is right.
    """
    for row in rows:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "record.db"
            build([row["texts"]], path, settings=settings)
            with Record(path) as record:
                yield from findings(row["gold"], record)


def findings(gold: Entry, record: Record) -> Iterator[Prediction]:
    """Yield what the account asks for, and what the record has beyond it."""
    account = Account(gold, record)
    for kind in KINDS:
        yield from _disputes(account, kind)
    yield from _relations(account)
    yield from _promises(account)


def score(_rows: Sequence[Prediction], predictions: Iterable[Prediction]) -> dict[str, float]:
    """Return of each figure how much is right, in percent."""
    found: dict[str, list[bool]] = {}
    for one in predictions:
        found.setdefault(one["figure"], []).append(one["right"])
    return {name: 100.0 * sum(right) / len(right) for name, right in sorted(found.items())}


@dataclass(slots=True)
class Account:
    """The account with the record beside it: where its words stand, and who its actors are."""

    gold: Entry
    record: Record
    reports: dict[str, Report] = field(default_factory=dict)
    actors: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reports = {Path(report.path).stem: report for report in self.record.reports()}
        for actor in self.gold["actors"]:
            names = {fold(name) for name in (actor["name"], *actor.get("also", ()))}
            self.actors[actor["name"]] = {
                one.id
                for one in self.record.actors()
                if names & {fold(name) for name in (one.name, *one.names)}
            }

    def places(self, entry: Entry) -> list[Span]:
        """Return every place where the words of an entry stand in its report."""
        report = self.reports[entry["report"]]
        words, found, at = entry["words"], [], -1
        while (at := report.text.find(words, at + 1)) >= 0:
            found.append((report.id, at, at + len(words)))
        if not found:
            raise KeyError(f"{words!r} is not in {entry['report']}")
        return found

    def meets(self, entry: Entry, spans: Iterable[Evidence]) -> bool:
        """Tell whether any of the spans has a word of an entry."""
        places = self.places(entry)
        return any(
            span.report == report and span.start < end and span.end > start
            for span in spans
            for report, start, end in places
        )

    def ends(self, name: str) -> set[str]:
        """Return the actors of the record that go by a name of the account."""
        return self.actors.get(name, set())


def _disputes(account: Account, kind: str) -> Iterator[Prediction]:
    asked = [one for one in account.gold["disputes"] if one["kind"] == kind]
    ours = [one for one in account.record.disputes() if one.kind == kind]
    same = {"denial": _same_denial, "figure": _same_figures, "speaker": _same_speakers}[kind]
    met: dict[int, list[Dispute]] = {place: [] for place in range(len(asked))}
    for dispute in ours:
        fits = [place for place, one in enumerate(asked) if same(account, one, dispute)]
        for place in fits:
            met[place].append(dispute)
        yield _told(f"{kind}_precision", None, dispute.text, right=bool(fits))
    for place, one in enumerate(asked):
        told = one.get("claim") or one.get("thing") or one.get("quotation")
        found = met[place]
        yield _told(f"{kind}_recall", told, found[0].text if found else None, right=bool(found))
        if found and "origins" in one:
            counts = {len(_claim(account, dispute).origins) for dispute in found}
            yield _told(
                "origins_right",
                f"{told}: {one['origins']}",
                str(counts),
                right=one["origins"] in counts,
            )


def _told(figure: str, gold: str | None, ours: str | None, *, right: bool) -> Prediction:
    return {"figure": figure, "gold": gold, "ours": ours, "right": right}


def _claim(account: Account, dispute: Dispute) -> Claim:
    return account.record.many(Claim, [dispute.claim or ""])[0]


def _same_denial(account: Account, gold: Entry, dispute: Dispute) -> bool:
    claim, record = _claim(account, dispute), account.record
    for_it = [span for s in record.many(Statement, claim.asserted) for span in s.content]
    for_it += [span for e in record.many(Event, claim.told) for span in e.evidence]
    for_it += claim.evidence
    against = [span for s in record.many(Statement, claim.denied) for span in s.content]
    return any(account.meets(one, for_it) for one in gold["asserted"]) and any(
        account.meets(one, against) for one in gold["denied"]
    )


def _same_figures(account: Account, gold: Entry, dispute: Dispute) -> bool:
    spans = [figure.span for figure in account.record.many(Figure, dispute.figures)]
    met = {_values(one) for one in gold["figures"] if account.meets(one, spans)}
    return len(met) > 1


def _values(entry: Entry) -> tuple[Any, ...]:
    return tuple(entry.get(name) for name in ("value", "low", "high"))


def _same_speakers(account: Account, gold: Entry, dispute: Dispute) -> bool:
    said = account.record.many(Statement, dispute.statements)
    spans = [span for statement in said for span in statement.content]
    return len({one["by"] for one in gold["said"] if account.meets(one, spans)}) > 1


def _relations(account: Account) -> Iterator[Prediction]:
    asked = list(_single(account.gold["relations"]))
    known = {key for ends in account.actors.values() for key in ends}
    # Where one end has no actor in the record, ours can have nothing on it.
    ours = [r for r in account.record.relations() if {r.subject, r.object} <= known]
    kinds = {one["kind"] for one in asked}
    for relation in ours:
        fits = any(_same_relation(account, one, relation) for one in asked)
        if relation.kind in kinds:
            told = account.record.describe(relation)
            yield _told("relations_precision", None, told, right=fits)
    for one in asked:
        found = [r for r in ours if _same_relation(account, one, r)]
        told = f"{one['subject']} {one['kind']} {one['object']} {one['held']} {one['status']}"
        shown = "; ".join(f"{r.held.earliest}..{r.held.latest} {r.status}" for r in found)
        yield _told("relations_recall", told, shown or None, right=bool(found))
        dated = any(_in_time(one["held"], r) for r in found)
        yield _told("relations_dated", told, shown or None, right=dated)
        if found:
            right = any(r.status == one["status"] for r in found)
            yield _told("relations_status", told, shown, right=right)


def _single(relations: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the relations with one object each."""
    for one in relations:
        objects = one["object"] if isinstance(one["object"], list) else [one["object"]]
        for name in objects:
            yield {**one, "object": name}


def _same_relation(account: Account, gold: Entry, ours: Relation) -> bool:
    if gold["kind"] != ours.kind:
        return False
    ends = account.ends(gold["subject"]), account.ends(gold["object"])
    if ours.subject in ends[0] and ours.object in ends[1]:
        return True
    return ours.kind in BOTH and ours.subject in ends[1] and ours.object in ends[0]


def _in_time(held: Sequence[Any], ours: Relation) -> bool:
    return _within(held[0], ours.held.earliest) and _within(held[1], ours.held.latest)


def _within(period: Any, day: date | None) -> bool:
    """Tell whether a day lies in a period written "2020", "2020-05" or "2020-05-01"."""
    if period is None or day is None:
        return period is None and day is None
    first, last = _period(str(period))
    return first <= day <= last


def _period(written: str) -> tuple[date, date]:
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        year, month = parts
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    day = date(*parts)
    return day, day


def _promises(account: Account) -> Iterator[Prediction]:
    """Yield what became of what was announced, and what of ours is so.

    A sequel of ours is right when the account has its outcome, or, where it only tells that more is
    told, the words that tell it.
    """
    sequels = account.record.sequels()
    asked = account.gold.get("promises", ())
    for one in asked:
        if one["outcome"] == "open":
            continue
        ours = [sequel for sequel in sequels if _announces(account, one, sequel)]
        told = f"{one['by']}: {one['words']} ({one['outcome']})"
        shown = ", ".join(f"{sequel.kind}: {sequel.evidence[-1].text}" for sequel in ours)
        right = any(OUTCOMES[sequel.kind] == one["outcome"] for sequel in ours)
        yield _told("promises_recall", told, shown or None, right=right)
        right = any(account.meets(one["seen_in"], sequel.evidence[-1:]) for sequel in ours)
        yield _told("promises_told", told, shown or None, right=right)
    for sequel in sequels:
        fits = [one for one in asked if _announces(account, one, sequel)]
        right = any(_is_so(account, one, sequel) for one in fits)
        shown = f"{sequel.kind}: {sequel.evidence[0].text} … {sequel.evidence[-1].text}"
        yield _told("promises_precision", None, shown, right=right)


def _is_so(account: Account, gold: Entry, sequel: Sequel) -> bool:
    if sequel.kind == "followed":
        return gold["outcome"] != "open" and account.meets(gold["seen_in"], sequel.evidence[-1:])
    return bool(OUTCOMES[sequel.kind] == gold["outcome"])


def _announces(account: Account, gold: Entry, sequel: Sequel) -> bool:
    record, entries = account.record, (gold, *gold.get("also", ()))
    spans = [span for event in record.many(Event, [sequel.first]) for span in event.evidence]
    spans += [span for said in record.many(Statement, [sequel.first]) for span in said.content]
    return any(account.meets(one, spans) for one in entries)
