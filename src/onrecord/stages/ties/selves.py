"""Who "we" are: in somebody's words, whom the speaker speaks for, else the speaker.

So are "it" and "they" in a paraphrase where the report does not tell who they are.
"""

from collections.abc import Iterable

from spacy.tokens import Token

from onrecord.geography import fold
from onrecord.parsing import Parse
from onrecord.stages.events.coding import Parties
from onrecord.stages.events.standing import Contents
from onrecord.stages.events.triggers import Trigger
from onrecord.types import Reading, Statement

FIRST = frozenset({"we", "our", "ours", "us", "i", "my"})
THIRD = frozenset({"it", "its", "they", "their", "he", "his", "she", "her"})

CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "conj", "relcl", "xcomp"})
# The parser takes a verb right after a quotation mark for a noun, and its subject for a modifier.
SUBJECTS = frozenset({"nsubj", "nsubjpass", "nmod"})
OWNING = frozenset({"its", "their", "his", "her"})


class Selves:
    """The speakers of a report's statements, as the sides of what they say of themselves."""

    def __init__(self, reading: Reading, parse: Parse) -> None:
        self._parse = parse
        self._contents = Contents(reading.statements)
        self._at = {
            token: mention.actor
            for mention in reading.mentions
            for token in parse.tokens_in(mention.span.start, mention.span.end)
        }
        self._by_name = {
            fold(name): entity.id
            for entity in reading.entities
            for name in (entity.name, *entity.names)
        }

    def filled(self, trigger: Trigger, parties: Parties) -> Parties:
        """Return the sides of a trigger with the speaker on a side that is a first person."""
        actor, recipient = list(parties.actor), list(parties.recipient)
        clause = trigger.clause
        if clause is None:
            owners = [c for c in trigger.token.lefts if c.dep_ == "poss"]
            actor = self._bound(owners) or self._speakers(owners) or actor
            return Parties(actor, recipient)
        actor = self._speakers(clause.subjects) or actor
        others = [*clause.objects, *(noun for found in clause.preps.values() for noun in found)]
        recipient = recipient or [s for s in self._speakers(others) if s not in actor]
        return Parties(actor, recipient)

    def _bound(self, owners: Iterable[Token]) -> list[str]:
        """Return whom "its" and "their" are by the subject of their own verb: A uses its links."""
        for owner in owners:
            clauses = (one for one in owner.ancestors if one.dep_ in CLAUSES or one.pos_ == "VERB")
            clause = next(clauses, None) if owner.lower_ in OWNING else None
            subjects = [c for c in clause.lefts if c.dep_ in SUBJECTS] if clause else []
            found = self._at.get(subjects[0].i) if subjects else None
            if found and not subjects[0].is_ancestor(owner):
                return [found]
        return []

    def _speakers(self, tokens: Iterable[Token]) -> list[str]:
        for token in tokens:
            statement = self._contents.at(self._parse.starts[token.i])
            if statement is None or token.lower_ not in FIRST | THIRD:
                continue
            told = token.lower_ in THIRD and (token.i in self._at or statement.mode == "direct")
            found = None if told else self._side(statement)
            if found:
                return [found]
        return []

    def _side(self, statement: Statement) -> str | None:
        """Return whom a speaker speaks for where the report has it, else the speaker."""
        speaker = statement.speaker
        return self._by_name.get(fold(speaker.represents or "")) or speaker.actor
