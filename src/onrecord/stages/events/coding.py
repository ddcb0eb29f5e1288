"""From a trigger to an event: its parties, its standing, its place and time."""

from dataclasses import dataclass

from spacy.tokens import Span, Token

from onrecord.ids import make_id
from onrecord.parsing import Parse
from onrecord.stages.events.arguments import Cast, acting_subjects, noun_slot, verb_slot
from onrecord.stages.events.intents import HOSTILE, PROMISES, announced, duty, saying_over
from onrecord.stages.events.lexicon import governors, patterns
from onrecord.stages.events.places import ARRIVING, place_of, side_of, time_of
from onrecord.stages.events.speech import DEEDS, Topic, is_figurative
from onrecord.stages.events.standing import Contents, Stand, is_asked, stand_of
from onrecord.stages.events.syntax import Clause, clause_of
from onrecord.stages.events.triggers import (
    Trigger,
    event_above,
    is_consequence,
    mode_of,
    pattern_of,
)
from onrecord.types import Event, Evidence, Reading, When

# What nobody did to anybody anywhere is a word, not an event; these types need no party.
HAPPENINGS = frozenset({"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT"})
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
# Longest evidence in characters; a "sentence" beyond it is a list or a table.
LONGEST = 1000


@dataclass(slots=True)
class Parties:
    """The entities on both sides of an event."""

    actor: list[str]
    recipient: list[str]


class Coder:
    """Codes the triggers of one report."""

    def __init__(
        self, reading: Reading, parse: Parse, *, deep: bool = True, bodies: bool = False
    ) -> None:
        self.reading = reading
        self.parse = parse
        self.cast = Cast(reading, parse, deep=deep, bodies=bodies)
        self.topic = Topic(parse.doc)
        self.contents = Contents(reading.statements)
        self.consequences: set[str] = set()
        self.triggers: dict[str, Trigger] = {}
        cues = (cue for s in reading.statements for cue in s.cue)
        self.cues = {self.parse.starts[i] for c in cues for i in parse.tokens_in(c.start, c.end)}

    def code(self, trigger: Trigger) -> list[Event]:
        """Return the events of a trigger: its own, and what announcing it amounts to."""
        stand = self.stand(trigger)
        if stand.dropped or self._only_says(trigger) or is_figurative(trigger, self.topic):
            return []
        parties = self.parties(trigger)
        found = []
        event = self._type(trigger)
        place, place_actor = place_of(self.cast, trigger)
        if event == "ASSAULT" and not parties.recipient:
            sides = (side_of(self.cast, trigger), place_actor)
            parties.recipient = [s for s in sides if s and s not in parties.actor][:1]
        when = time_of(self.reading, self.parse, trigger)
        if self._is_told_enough(event, trigger, parties, place, when):
            coded = self.event(event, trigger, parties, stand, (place, place_actor, when))
            self.triggers[coded.id] = trigger
            if is_consequence(trigger):
                self.consequences.add(coded.id)
            found.append(coded)
        found += self._announcement(trigger, parties, stand)
        return found

    def stand(self, trigger: Trigger) -> Stand:
        """Return how the event of a trigger stands by the rules."""
        return self._stand(trigger.token, purposeful=trigger.pattern.event == "PROTEST")

    def _only_says(self, trigger: Trigger) -> bool:
        """Return whether a word for a deed is the cue of a statement ("…,” she stormed")."""
        start = self.parse.starts[trigger.token.i]
        deed = trigger.pattern.event in DEEDS and trigger.clause and not trigger.clause.objects
        return bool(deed) and start in self.cues

    def _stand(self, token: Token, *, purposeful: bool = False) -> Stand:
        statement = self.contents.at(self.parse.starts[token.i])
        asked = is_asked(token, self.contents, self.parse.starts)
        return stand_of(token, statement, asked=asked, purposeful=purposeful)

    def _type(self, trigger: Trigger) -> str:
        """Return the type of a trigger's event; promising harm is threatening."""
        pattern, clause = trigger.pattern, trigger.clause
        if pattern.event != "AGREE" or clause is None:
            return pattern.event
        if pattern.lemma in PROMISES or pattern.part == "adj":
            inner = [pattern_of(verb) for verb in clause.complements]
            if any(found and found.event in HOSTILE for found in inner):
                return "THREATEN"
        return pattern.event

    def parties(self, trigger: Trigger) -> Parties:
        """Return who acts in a trigger's event and on whom."""
        if trigger.clause is None:
            return self._noun_parties(trigger)
        pattern, clause = trigger.pattern, trigger.clause
        actor = self._first(trigger, pattern.actor or ("subj",), [])
        if is_consequence(trigger) and event_above(trigger.token) is not None:
            actor = []
        barred = list(actor)
        if pattern.event in ("AGREE", "THREATEN"):
            # "vowed that the army would …": the army does it, it is not done to the army.
            barred += self.cast.of_all(acting_subjects(clause))
        recipient = self._first(trigger, pattern.recipient or ("obj",), barred)
        if pattern.recipient == ("subj",):
            # "X died in an attack by Y": the verb's subject suffers.
            return Parties(actor, recipient)
        if not actor and clause.passive and pattern.event != "ASSAULT":
            actor = self.cast.of_all(clause.preps.get("by", []))
            if not actor and pattern.event == "AID":
                # "rockets were sent from depots in X"
                actor = self.cast.inside(clause.preps.get("from", []), recipient)
        return _both_sides(pattern.event, actor, [r for r in recipient if r not in actor])

    def _first(self, trigger: Trigger, slots: tuple[str, ...], barred: list[str]) -> list[str]:
        assert trigger.clause
        for slot in slots:
            found = verb_slot(self.cast, trigger.clause, slot, barred)
            if found := [entity for entity in found if entity not in barred]:
                return found
        return []

    def _noun_parties(self, trigger: Trigger) -> Parties:
        noun, pattern = trigger.token, trigger.pattern
        recipient: list[str] = []
        for slot in pattern.recipient:
            recipient = recipient or noun_slot(self.cast, noun, slot, [])
        if not recipient and noun.dep_ == "nsubj" and noun.head.lemma_.lower() in STRIKING:
            recipient = self.cast.of_all(clause_of(noun.head).objects)
        if not recipient and noun.dep_ == "nsubj" and noun.head.lemma_.lower() in ARRIVING:
            recipient = self._reached(noun.head)
        actor: list[str] = []
        for slot in pattern.actor:
            if not actor:
                found = noun_slot(self.cast, noun, slot, [])
                actor = [entity for entity in found if slot == "between" or entity not in recipient]
        subject = [e for e in self._light_subject(noun) if e not in recipient + actor]
        if subject and pattern.event != "AGREE" and noun.head.lemma_.lower() in RECEIVING:
            recipient = recipient or subject
        else:
            actor = actor or subject
        return _both_sides(pattern.event, actor, recipient)

    def _reached(self, verb: Token) -> list[str]:
        """Return where what is on its way has come to ("the convoy entered X")."""
        clause = clause_of(verb)
        places = [noun for word in ("in", "to", "into") for noun in clause.preps.get(word, [])]
        return self.cast.of_all(clause.objects + places)

    def _light_subject(self, noun: Token) -> list[str]:
        """Return the subject of a verb that only says that the noun's event was done or had.

        "Claimed responsibility for the attack" says so of its subject too.
        """
        verb = noun.head
        if verb.dep_ == "prep" and verb.head.lemma_ == "responsibility":
            return self.cast.of_all(clause_of(verb.head.head).subjects)
        if noun.dep_ != "dobj" or verb.pos_ != "VERB":
            return []
        bearing = governors().get(verb.lemma_.lower(), frozenset())
        if not bearing & {"light", "planned", "fact"}:
            return []
        return self.cast.of_all(clause_of(verb).subjects)

    def _is_told_enough(
        self, event: str, trigger: Trigger, parties: Parties, place: str | None, when: When
    ) -> bool:
        clause = trigger.clause
        if event == "CONSULT" and clause and not clause.passive and not parties.actor:
            return len(parties.recipient) > 1
        if parties.actor or parties.recipient:
            return True
        block = self.parse.blocks[self.parse.block_of(trigger.first)]
        if place is not None and (when != When() or block.kind == "title"):
            return True
        if event not in HAPPENINGS:
            return False
        if place is not None or when != When():
            return True
        if trigger.clause is None:
            return trigger.token.dep_ in ("nsubj", "nsubjpass")
        return _counts_victims(trigger.clause) or _has_people(trigger.clause)

    def _announcement(self, trigger: Trigger, parties: Parties, stand: Stand) -> list[Event]:
        """Return the event that announcing a trigger's act is, where nothing else says it."""
        clause = trigger.clause
        negated = stand.standing == "denied"
        if clause is None or not parties.actor or stand.standing not in ("planned", "denied"):
            return []
        will = [c for c in clause.verb.lefts if c.dep_ == "aux" and c.lower_ in WILL]
        if not will and not (stand.future and not negated):
            return []
        event = announced(trigger.pattern.event, negated=negated)
        saying = saying_over(clause.verb)
        if event is None or (saying is not None and pattern_of(saying)):
            return []
        statement = stand.statement
        why = "announces it" if not negated else "announces that it will not"
        said = Stand("alleged" if statement else "told", why, statement)
        first = will[0].i if will else trigger.first
        shifted = Trigger(trigger.pattern, trigger.token, clause, first, trigger.last)
        return [self.event(event, shifted, parties, said, (None, None, When()), mode=None)]

    def demanded(self, token: Token) -> Event | None:
        """Return the demand in "X said that Y must act", or None where there is none."""
        verb = duty(token)
        saying = saying_over(verb) if verb is not None else None
        if verb is None or saying is None or pattern_of(saying):
            return None
        actor = self.cast.of_all(clause_of(saying).subjects)
        clause = clause_of(verb)
        recipient = self.cast.of_all(clause.subjects or clause.objects)
        recipient = [e for e in recipient if e not in actor]
        if not actor or not recipient:
            return None
        pattern = patterns()["verb", "demand"][0]
        trigger = Trigger(pattern, token, clause, token.i, token.i + 1)
        stand = self._stand(saying)
        if stand.dropped:
            return None
        where = (
            None,
            None,
            time_of(
                self.reading,
                self.parse,
                Trigger(pattern, saying, clause_of(saying), saying.i, saying.i + 1),
            ),
        )
        return self.event("REQUEST", trigger, Parties(actor, recipient), stand, where)

    def event(
        self,
        event: str,
        trigger: Trigger,
        parties: Parties,
        stand: Stand,
        where: tuple[str | None, str | None, When],
        *,
        mode: str | None = "",
    ) -> Event:
        """Return an event of a trigger; `where` is its place, what that is, and its time."""
        report = self.reading.report.id
        words = self.parse.evidence(trigger.first, trigger.last)
        place, place_actor, when = where
        return Event(
            id=make_id("event", report, event, words.start, words.end),
            report=report,
            event=event,
            mode=mode_of(trigger) if mode == "" else mode,
            trigger=words,
            actor=tuple(parties.actor),
            recipient=tuple(parties.recipient),
            place=place,
            when=when,
            standing=stand.standing,
            statement=stand.statement,
            evidence=(self._evidence(trigger.token.sent, words),),
            place_actor=place_actor,
            why=f"{words.text.split()[0].lower()}: {stand.why}",
        )

    def _evidence(self, sentence: Span, words: Evidence) -> Evidence:
        """Return the sentence, without the white space around it, or a window of a long one."""
        text = self.reading.report.text
        start, end = self.parse.starts[sentence.start], self.parse.end(sentence.end - 1)
        if end - start > LONGEST:
            return words
        return Evidence(self.reading.report.id, start, end, text[start:end])


# Verbs whose subject has the noun's event done to it.
RECEIVING = frozenset({"have", "get", "receive", "face", "suffer", "enjoy", "win", "gain", "see"})
# Verbs whose object an attack befell ("the blast shook X").
STRIKING = frozenset({"rock", "hit", "shake", "strike", "target", "kill", "wound", "injure"})
WILL = frozenset({"will", "wo", "'ll", "’ll", "shall", "would"})


def _counts_victims(clause: Clause) -> bool:
    """Return whether the objects of a verb are counted ("wounded 12 people")."""
    return any(c.dep_ == "nummod" for noun in clause.objects for c in noun.children)


def _has_people(clause: Clause) -> bool:
    """Return whether a finite verb has somebody or something described on one of its sides."""
    if clause.verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return False
    return any(noun.pos_ in ("NOUN", "PROPN") for noun in clause.subjects + clause.objects)


def _both_sides(event: str, actor: list[str], recipient: list[str]) -> Parties:
    """Put parties that act on each other on both sides, as PLOVER's pairs go both ways."""
    if event in RECIPROCAL and len(actor) > 1 and (not recipient or recipient == actor):
        return Parties(actor, list(actor))
    return Parties(actor, [entity for entity in recipient if entity not in actor])
