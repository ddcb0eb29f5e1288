"""What holds between two actors, how it stands, and its two time lines."""

from dataclasses import replace
from datetime import date

import pytest

from hand_made import Page, corpus
from onrecord.stages.claims import claims
from onrecord.stages.relations import relations
from onrecord.types import ActorKind, Corpus, Mention, Part, Relation, Role, Standing, When


def found(*pages: Page) -> dict[tuple[str, str, str], Relation]:
    return by_key(relations(claims(corpus(*pages))))


def by_key(made: Corpus) -> dict[tuple[str, str, str], Relation]:
    return {(r.subject, r.kind, r.object): r for r in made.relations}


def told() -> Page:
    page = Page(
        "Coast Wire", "Osmar has funded the Reed Army for years.", published=date(2022, 3, 5)
    )
    page.actor("Osmar", kind="state")
    page.actor("Reed Army", kind="armed group")
    return page


def test_what_the_report_tells_is_told() -> None:
    relation = found(told())["Osmar", "funds", "Reed Army"]
    assert relation.status == "told"
    assert relation.evidence[0].text == "Osmar has funded the Reed Army for years."
    assert relation.reported == When(date(2022, 3, 5), date(2022, 3, 5))
    # Told as holding, without a time: on the day of the report.
    assert relation.held == When(date(2022, 3, 5), date(2022, 3, 5))


def test_what_somebody_says_is_asserted_and_disputed_once_denied() -> None:
    page = Page("Coast Wire", "Vellin said Osmar funded the Reed Army.")
    for name in ("Vellin", "Osmar", "Reed Army"):
        page.actor(name)
    page.statement("Osmar funded the Reed Army", by="Vellin")
    key = "Osmar", "funds", "Reed Army"
    assert found(page)[key].status == "asserted"
    denial = Page("Harbour Daily", "Osmar denied it ever funded the Reed Army.")
    for name in ("Osmar", "Reed Army"):
        denial.actor(name)
    denial.statement("it ever funded the Reed Army", by="Osmar", act="deny")
    both = found(page, denial)[key]
    assert both.status == "disputed"
    assert len(both.claims) == 1
    assert found(denial)[key].status == "denied"


def test_what_runs_both_ways_is_one_relation() -> None:
    one = Page("A", "Talks between Osmar and Vellin went on.")
    other = Page("B", "Talks between Vellin and Osmar went on.")
    for page in (one, other):
        page.actor("Osmar", kind="state")
        page.actor("Vellin", kind="state")
    assert list(found(one, other)) == [("Osmar", "negotiates with", "Vellin")]


def test_events_are_relations_with_their_time() -> None:
    page = Page("A", "Osmar shelled Vellin.")
    page.actor("Osmar", kind="state")
    page.actor("Vellin", kind="state")
    page.event("shelled", "ASSAULT", actor="Osmar", recipient="Vellin")
    day = When(date(2022, 3, 1), date(2022, 3, 1))
    page.events = [replace(event, when=day) for event in page.events]
    relation = found(page)["Osmar", "fights", "Vellin"]
    assert len(relation.events) + len(relation.evidence) >= 1
    assert relation.status == "told"


def test_membership_and_office() -> None:
    page = Page("A", "Tam Orrel leads the Reed Army, a faction of the Marsh Council.")
    page.actor("Tam Orrel", kind="person")
    page.actor("Reed Army", kind="armed group")
    page.actor("Marsh Council", kind="organisation")
    made = corpus(page)
    words = (page.words("a faction of the Marsh Council"),)
    actors = {actor.id: actor for actor in made.actors}
    actors["Reed Army"] = replace(
        actors["Reed Army"], part_of=(Part("Marsh Council", When(), words),)
    )
    role = Role("spokesman", "Marsh Council", When(), words)
    actors["Tam Orrel"] = replace(actors["Tam Orrel"], roles=(role,))
    kinds = by_key(relations(replace(made, actors=tuple(actors.values()))))
    assert ("Reed Army", "part of", "Marsh Council") in kinds
    assert ("Tam Orrel", "speaks for", "Marsh Council") in kinds
    assert ("Tam Orrel", "leads", "Reed Army") in kinds


@pytest.mark.parametrize(("standing", "expected"), [("alleged", True), ("denied", False)])
def test_nobody_is_accused_of_what_is_denied(standing: Standing, expected: bool) -> None:
    page = Page("A", "Brin Alder said the Marsh Council never shelled Osmar.")
    page.actor("Brin Alder", kind="person")
    page.actor("Marsh Council", kind="organisation")
    page.actor("Osmar", kind="state")
    said = page.statement("the Marsh Council never shelled Osmar", by="Brin Alder", act="accuse")
    page.event(
        "shelled",
        "ASSAULT",
        actor="Marsh Council",
        recipient="Osmar",
        standing=standing,
        statement=said,
    )
    kinds = by_key(relations(corpus(page)))
    assert (("Brin Alder", "accuses", "Marsh Council") in kinds) is expected


@pytest.mark.parametrize(
    ("office", "body", "kind", "expected"),
    [
        ("foreign minister", "organisation", "part of", True),
        ("former treasurer", "organisation", "part of", False),
        # Who drives for a town, or is born in it, is no part of it.
        ("driver", "place", "part of", False),
    ],
)
def test_an_office_in_a_body(office: str, body: ActorKind, kind: str, expected: bool) -> None:
    page = Page("A", f"Tam Orrel, {office} of the Marsh Council, was there.")
    page.actor("Tam Orrel", kind="person")
    page.actor("Marsh Council", kind=body)
    made = corpus(page)
    role = Role(office, "Marsh Council", When(), (page.words(f"{office} of the Marsh Council"),))
    actors = tuple(
        replace(actor, roles=(role,)) if actor.id == "Tam Orrel" else actor for actor in made.actors
    )
    kinds = by_key(relations(replace(made, actors=actors)))
    assert (("Tam Orrel", kind, "Marsh Council") in kinds) is expected


def test_a_nationality_that_only_qualifies_is_not_the_state() -> None:
    page = Page("A", "The Reed Army was protected by a Danish smuggler.")
    page.actor("Reed Army", kind="armed group")
    page.actor("Danish", kind="state")
    assert found(page) == {}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The Marsh Council succeeded the Reed Army.", "succeeds"),
        ("The Reed Army was replaced by the Marsh Council.", "succeeds"),
        ("The Reed Army has renamed itself the Marsh Council.", "succeeds"),
        ("The Marsh Council broke away from the Reed Army in spring.", "split from"),
        ("The Marsh Council, a splinter group of the Reed Army, met.", "split from"),
        ("The Marsh Council calls itself the Reed Army.", "governs as"),
        ("The Marsh Council has merged into the Reed Army.", "merged into"),
    ],
)
def test_what_became_of_what(words: str, kind: str) -> None:
    page = Page("a", f"{words} Nobody knew.", published=date(2022, 3, 5))
    page.actor("Reed Army", kind="armed group")
    page.actor("Marsh Council", kind="organisation")
    assert ("Marsh Council", kind, "Reed Army") in found(page)


def test_its_chairman_is_by_what_its_means_and_a_deputy_is_part_of_it() -> None:
    page = Page(
        "A", "The Reed Army met its chairman, Tam Orrel, and its deputy chairman, Ilke Dorn."
    )
    army = page.actor("Reed Army", kind="armed group")
    page.actor("Tam Orrel", kind="person")
    page.actor("Ilke Dorn", kind="person")
    for nth in (1, 2):
        span = page.words("its", nth)
        page.mentions.append(Mention(f"mention-{nth}", page.report.id, span, army, "pronoun"))
    made = corpus(page)
    actors = {actor.id: actor for actor in made.actors}
    for name, role, told_ in (
        ("Tam Orrel", "chairman", "chairman, Tam Orrel"),
        ("Ilke Dorn", "deputy chairman", "deputy chairman, Ilke Dorn"),
    ):
        held = Role(role, None, When(), (page.words(told_),))
        actors[name] = replace(actors[name], roles=(held,))
    found_ = by_key(relations(replace(made, actors=tuple(actors.values()))))
    assert ("Tam Orrel", "leads", "Reed Army") in found_
    assert ("Ilke Dorn", "part of", "Reed Army") in found_
    assert ("Ilke Dorn", "leads", "Reed Army") not in found_


def test_of_a_state_only_who_governs_it_is_a_part() -> None:
    page = Page("A", "Osmar's foreign minister, Tam Orrel, met Osmar's best goalkeeper, Ilke Dorn.")
    page.actor("Osmar", kind="state")
    page.actor("Tam Orrel", kind="person")
    page.actor("Ilke Dorn", kind="person")
    made = corpus(page)
    actors = {actor.id: actor for actor in made.actors}
    for name, role in (("Tam Orrel", "foreign minister"), ("Ilke Dorn", "goalkeeper")):
        held = Role(role, "Osmar", When(), (page.words(f"{role}, {name}"),))
        actors[name] = replace(actors[name], roles=(held,))
    found_ = by_key(relations(replace(made, actors=tuple(actors.values()))))
    assert ("Tam Orrel", "part of", "Osmar") in found_
    assert ("Ilke Dorn", "part of", "Osmar") not in found_
