from dataclasses import replace
from datetime import date

from onrecord.ids import make_id
from onrecord.stages.resolve import resolve
from onrecord.types import (
    Actor,
    ActorKind,
    Corpus,
    Decision,
    Entity,
    Evidence,
    Reading,
    Report,
    Role,
    Story,
    When,
)


def an_entity(
    report: str,
    name: str,
    kind: ActorKind = "organisation",
    *,
    names: tuple[str, ...] = (),
    country: str | None = None,
    role: str | None = None,
    named: bool = True,
) -> Entity:
    told = (Evidence(report, 0, 1, "x"),)
    return Entity(
        id=make_id("entity", report, name, kind),
        report=report,
        name=name,
        kind=kind,
        names=(name, *names),
        roles=(Role(role, None, When(), told),) if role else (),
        country=country,
        named=named,
    )


def corpus(*entities: Entity, decisions: tuple[Decision, ...] = ()) -> Corpus:
    reports: dict[str, list[Entity]] = {}
    for entity in entities:
        reports.setdefault(entity.report, []).append(entity)
    readings = tuple(
        Reading(report=Report(id=id_, path="", sha256=""), entities=tuple(found))
        for id_, found in sorted(reports.items())
    )
    return Corpus(readings=readings, decisions=decisions)


def same(result: Corpus, one: Entity, other: Entity) -> bool:
    return result.identity[one.id] == result.identity[other.id]


def actor_of(result: Corpus, entity: Entity) -> Actor:
    return next(a for a in result.actors if a.id == result.identity[entity.id])


def test_one_name_in_two_reports_is_one_actor_with_the_reason() -> None:
    one = an_entity("r1", "Selvan Front")
    other = an_entity("r2", "Selvan-Front", "armed group")
    result = resolve(corpus(one, other))
    assert same(result, one, other)
    assert actor_of(result, one).kind == "armed group"
    assert actor_of(result, one).why


def test_person_and_group_of_one_name_are_two() -> None:
    one = an_entity("r1", "Idris Marvani", "person")
    other = an_entity("r2", "Marvani Network", "armed group")
    assert not same(resolve(corpus(one, other)), one, other)


def test_two_full_names_of_one_family_are_two() -> None:
    one = an_entity("r1", "Idris Marvani", "person")
    other = an_entity("r2", "Salim Marvani", "person")
    assert not same(resolve(corpus(one, other)), one, other)


def test_middle_name_and_spelling_join() -> None:
    short = an_entity("r1", "Idris Marvani", "person")
    long = an_entity("r2", "Idris Ahmad Marvani", "person")
    spelled = an_entity("r3", "Idriss Marvani", "person")
    result = resolve(corpus(short, long, spelled))
    assert same(result, short, long)
    assert same(result, short, spelled)


def test_two_spellings_in_one_report_are_two() -> None:
    one = an_entity("r1", "Idris Marvani", "person")
    other = an_entity("r1", "Idriss Marvani", "person")
    result = resolve(corpus(one, other))
    assert not same(result, one, other)
    assert actor_of(result, one).maybe == (result.identity[other.id],)


def test_bare_name_joins_only_when_no_other_people_competes() -> None:
    bare = an_entity("r1", "Velkari")
    ours = an_entity("r2", "Norwegian Velkari")
    theirs = an_entity("r3", "Swedish Velkari")
    longer = an_entity("r4", "Jund-e-Velkari Norway")
    assert same(resolve(corpus(bare, ours, longer)), bare, ours)
    result = resolve(corpus(bare, ours, theirs, longer))
    assert len({result.identity[e.id] for e in (bare, ours, theirs, longer)}) == 4
    assert len(actor_of(result, bare).maybe) == 2


def test_abbreviation_joins_the_name_it_was_introduced_for() -> None:
    long = an_entity("r1", "Selvan Liberation Front", names=("SLF",))
    short = an_entity("r2", "SLF")
    rival = an_entity("r3", "Swedish Labour Federation", names=("SLF",))
    assert same(resolve(corpus(long, short)), long, short)
    result = resolve(corpus(long, short, rival))
    assert not same(result, long, short)
    assert not same(result, rival, short)


def test_states_join_by_code_and_stay_apart_from_their_capital() -> None:
    one = an_entity("r1", "Norway", "state", country="NO")
    other = an_entity("r2", "Kingdom of Norway", "state", country="NO")
    city = an_entity("r2", "Oslo", "place")
    result = resolve(corpus(one, other, city))
    assert same(result, one, other)
    assert not same(result, one, city)


def test_nameless_bodies_join_only_within_a_state() -> None:
    norway = an_entity("r1", "Foreign Ministry", "government", country="NO")
    again = an_entity("r2", "Foreign Ministry", "government", country="NO")
    sweden = an_entity("r3", "Foreign Ministry", "government", country="SE")
    nobody = an_entity("r4", "Foreign Ministry", "government")
    result = resolve(corpus(norway, again, sweden, nobody))
    assert same(result, norway, again)
    assert not same(result, norway, sweden)
    assert not same(result, norway, nobody)
    assert actor_of(result, norway).name == "Foreign Ministry (Norway)"


def test_family_name_alone_needs_the_office() -> None:
    full = an_entity("r1", "Idris Marvani", "person", role="minister")
    alone = an_entity("r2", "Marvani", "person", role="minister")
    bare = an_entity("r3", "Marvani", "person")
    result = resolve(corpus(full, alone, bare))
    assert same(result, full, alone)
    assert not same(result, full, bare)
    assert result.identity[full.id] in actor_of(result, bare).maybe


def test_descriptions_are_never_joined() -> None:
    one = an_entity("r1", "a rebel source", "unknown", named=False)
    other = an_entity("r2", "a rebel source", "unknown", named=False)
    assert not same(resolve(corpus(one, other)), one, other)


def test_reviewers_decide() -> None:
    one, other = an_entity("r1", "Selvan Front"), an_entity("r2", "Blue Hand")
    joined = Decision("d1", "2020-01-01", "me", "same", (one.id, other.id))
    result = resolve(corpus(one, other, decisions=(joined,)))
    assert same(result, one, other)
    twin = an_entity("r3", "Selvan Front")
    parted = Decision("d2", "2020-01-02", "me", "different", (one.id, twin.id))
    assert not same(resolve(corpus(one, twin, decisions=(parted,))), one, twin)


def test_actor_ids_in_a_decision_are_understood() -> None:
    one, other = an_entity("r1", "Selvan Front"), an_entity("r2", "Blue Hand")
    ids = resolve(corpus(one, other)).identity
    joined = Decision("d1", "2020-01-01", "me", "same", (ids[one.id], ids[other.id]))
    assert same(resolve(corpus(one, other, decisions=(joined,))), one, other)


def test_a_reviewer_names_an_actor_and_the_latest_name_holds() -> None:
    one = an_entity("r1", "Selvan Front")
    named = [
        Decision(f"d{n}", f"2020-01-0{n}", "me", "rename", ("Selvan Front",), name)
        for n, name in ((2, "Front of Selva"), (1, "The Front"))
    ]
    plain = actor_of(resolve(corpus(one)), one)
    told = actor_of(resolve(corpus(one, decisions=tuple(named))), one)
    assert (told.name, told.id) == ("Front of Selva", plain.id)
    assert {"Selvan Front", "Front of Selva"} <= set(told.names)
    assert any("reviewer" in why for why in told.why)


def test_order_of_entities_does_not_matter_and_ids_stay_when_reports_come() -> None:
    found = [
        an_entity("r1", "Norwegian Velkari"),
        an_entity("r2", "Velkari"),
        an_entity("r3", "Idris Marvani", "person"),
        an_entity("r4", "Idris A. Marvani", "person"),
    ]
    forward, backward = resolve(corpus(*found)), resolve(corpus(*reversed(found)))
    assert forward.actors == backward.actors
    assert forward.identity == backward.identity
    more = resolve(corpus(*found, an_entity("r5", "Blue Hand")))
    assert set(forward.identity.items()) <= set(more.identity.items())


def said(what: str, one: str, other: str, day: int) -> Decision:
    return Decision(f"decision-{day}", f"2024-01-{day:02}", "me", what, (one, other))


def test_two_that_were_joined_can_each_be_parted_from_a_third() -> None:
    entities = [an_entity("r1", name, "person") for name in ("Ada Lorne", "Bo Tamm", "Cy Dole")]
    a, b, c = (entity.id for entity in entities)
    for first, second in ((a, b), (b, a)):
        said_ = (said("same", first, second, 1), said("different", a, c, 2))
        identity = resolve(corpus(*entities, decisions=said_)).identity
        assert identity[a] == identity[b] != identity[c]


def test_no_chain_of_same_makes_one_of_two_that_are_different() -> None:
    entities = [an_entity("r1", name, "person") for name in ("Ada Lorne", "Bo Tamm", "Cy Dole")]
    a, b, c = (entity.id for entity in entities)
    decisions = (said("different", a, b, 1), said("same", a, c, 2), said("same", b, c, 3))
    identity = resolve(corpus(*entities, decisions=decisions)).identity
    assert identity[a] != identity[b]


def test_the_later_of_two_sayings_holds_however_the_actors_are_called() -> None:
    one, other = an_entity("r1", "Ada Lorne", "person"), an_entity("r2", "Bo Tamm", "person")
    decisions = (said("same", one.id, other.id, 1), said("different", "Ada Lorne", "Bo Tamm", 2))
    identity = resolve(corpus(one, other, decisions=decisions)).identity
    assert identity[one.id] != identity[other.id]


def test_a_decision_on_an_actor_that_a_decision_made() -> None:
    short, long = (
        an_entity("r1", "Ada Lorne", "person"),
        an_entity("r2", "Ada Maria Lorne", "person"),
    )
    parted = said("different", short.id, long.id, 1)
    made = resolve(corpus(short, long, decisions=(parted,)))
    key = made.identity[long.id]
    assert key != made.identity[short.id]
    renamed = Decision("decision-2", "2024-01-02", "me", "rename", (key,), "Mia Lorne")
    made = resolve(corpus(short, long, decisions=(parted, renamed)))
    assert {actor.name for actor in made.actors} == {"Ada Lorne", "Mia Lorne"}


def test_what_a_reviewer_parted_is_no_doubt_any_more() -> None:
    one, other = an_entity("r1", "Ada Lorne", "person"), an_entity("r2", "Lorne", "person")
    assert any(actor.maybe for actor in resolve(corpus(one, other)).actors)
    parted = said("different", one.id, other.id, 1)
    assert not any(a.maybe for a in resolve(corpus(one, other, decisions=(parted,))).actors)


def test_a_name_that_one_report_in_many_spells_out_is_no_name_for_all() -> None:
    entities = [an_entity(f"r{i}", "ELV", "armed group") for i in range(20)]
    made = resolve(corpus(*entities, an_entity("r0", "ELV cell", "armed group")))
    assert "ELV" in {actor.name for actor in made.actors}


UNTOLD = When()


def an_envoy(report: str, name: str, of: str, when: When = UNTOLD) -> Entity:
    told = (Evidence(report, 0, 1, "x"),)
    return replace(an_entity(report, name, "person"), roles=(Role("envoy", of, when, told),))


def test_the_same_office_of_two_states_speaks_against_one_person() -> None:
    one, other = an_envoy("r1", "Ada Lorne", "Norway"), an_envoy("r2", "Ada Maria Lorne", "Chile")
    made = resolve(corpus(one, other))
    assert made.identity[one.id] != made.identity[other.id]
    assert "one is envoy of Norway and the other of Chile" in made.actors[0].doubts[0]
    same = an_envoy("r3", "Ada Maria Lorne", "Norway")
    made = resolve(corpus(one, same))
    assert made.identity[one.id] == made.identity[same.id]


def test_an_office_held_before_the_other_speaks_against_nothing() -> None:
    before = When(date(2010, 1, 1), date(2012, 1, 1))
    after = When(date(2015, 1, 1), date(2016, 1, 1))
    one = an_envoy("r1", "Ada Lorne", "Norway", before)
    other = an_envoy("r2", "Ada Maria Lorne", "Chile", after)
    made = resolve(corpus(one, other))
    assert made.identity[one.id] == made.identity[other.id]


def test_one_spokesman_of_two_bodies_makes_them_perhaps_one() -> None:
    movement = an_entity("a", "Reed Army", "armed group")
    government = an_entity("b", "Marsh Emirate", "government")
    other = an_entity("b", "Lake Bureau")
    told = (Evidence("a", 0, 1, "x"),)
    speaking = [
        replace(
            an_entity(entity.report, "Tam Orrel", "person"),
            roles=(Role("spokesman", entity.name, When(), told),),
        )
        for entity in (movement, government)
    ]
    result = resolve(corpus(movement, government, other, *speaking))
    assert not same(result, movement, government)
    assert actor_of(result, movement).maybe == (result.identity[government.id],)
    assert actor_of(result, movement).doubts == ("'Tam Orrel' speaks for both",)
    assert not actor_of(result, other).maybe


def test_mario_and_maria_may_be_a_slip_and_may_be_two() -> None:
    one, other = (an_entity(r, n, "person") for r, n in (("a", "Mario Zelk"), ("b", "Maria Zelk")))
    result = resolve(corpus(one, other))
    assert not same(result, one, other)
    assert actor_of(result, one).maybe == (result.identity[other.id],)


def test_nobody_is_somebody_by_a_noun_alone() -> None:
    named = an_entity("a", "John Foster", "person", role="farmer")
    described = an_entity("b", "A farmer", "person", named=False)
    other = an_entity("c", "The farmer", "person", named=False)
    found = replace(
        corpus(named, described, other),
        stories=(Story("story-1", "one", ("a", "b", "c"), When()),),
    )
    result = resolve(found)
    assert len({result.identity[one.id] for one in (named, described, other)}) == 3
    assert same(resolve(found, nouns_too=True), described, other)


def test_a_name_of_one_word_that_is_a_bodys_where_it_can_be_told_is_one_body() -> None:
    told = [an_entity(f"r{i}", "Karvel", "person") for i in range(3)]
    body = an_entity("r4", "Karvel")
    result = resolve(corpus(*told, body))
    assert same(result, told[0], told[2])
    assert actor_of(result, told[0]).kind == "organisation"
    assert not same(resolve(corpus(*told)), told[0], told[1])  # nothing tells that it is a body
    titled = an_entity("r5", "Karvel", "person", role="president")
    assert not same(resolve(corpus(*told, body, titled)), told[0], body)


def test_a_name_of_one_word_that_a_person_bears_is_not_joined() -> None:
    told = [an_entity(f"r{i}", "Karvel", "person") for i in range(3)]
    body, bearer = an_entity("r6", "Karvel"), an_entity("r7", "Idris Karvel", "person")
    assert not same(resolve(corpus(*told, body, bearer)), told[0], told[1])


def test_a_company_by_its_first_word_though_a_report_names_both() -> None:
    long = an_entity("r1", "Karvel Mining Corporation")
    beside = an_entity("r1", "Karvel")
    short = an_entity("r2", "Karvel")
    result = resolve(corpus(long, beside, short))
    assert same(result, long, short)
    assert same(result, long, beside)
    other = an_entity("r3", "Karvel Steel Company")
    assert not same(resolve(corpus(long, short, other)), long, short)
    nations, council = an_entity("r1", "UN"), an_entity("r2", "UN Security Council")
    assert not same(resolve(corpus(nations, council)), nations, council)
    town, movement = an_entity("r1", "Karvel"), an_entity("r2", "Karvel Liberation Movement")
    assert not same(resolve(corpus(town, movement)), town, movement)


def test_two_words_for_bodies_are_a_name_of_their_own() -> None:
    one, other = an_entity("r1", "Valley Watch"), an_entity("r2", "Valley Watch")
    assert same(resolve(corpus(one, other)), one, other)
    court, again = an_entity("r1", "Supreme Court"), an_entity("r2", "Supreme Court")
    assert not same(resolve(corpus(court, again)), court, again)
