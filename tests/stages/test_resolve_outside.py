"""What registers know, held against the record: candidates, and nothing on a name alone."""

from dataclasses import replace

from onrecord.decisions import make
from onrecord.stages.resolve import resolve
from onrecord.types import Actor, Candidate, Corpus, Story, When
from stages.test_resolve import an_entity, corpus


def a_candidate(
    key: str, *names: str, kind: str = "armed group", country: str | None = None
) -> Candidate:
    return Candidate(f"candidate-{key}", "register", key, 1, names[0], names, kind, country)  # type: ignore[arg-type]


def named(made: Corpus, name: str) -> Actor:
    (found,) = [actor for actor in made.actors if name in actor.names]
    return found


def test_a_name_alone_links_nothing() -> None:
    front = an_entity("r1", "Varr Front", "armed group")
    made = resolve(replace(corpus(front), candidates=(a_candidate("q:1", "Varr Front"),)))
    assert named(made, "Varr Front").external == ()


def test_a_second_name_links() -> None:
    front = an_entity("r1", "Varr Front", "armed group", names=("Greycoats",))
    known = a_candidate("q:1", "Varr Front", "Greycoats")
    found = named(resolve(replace(corpus(front), candidates=(known,))), "Varr Front")
    assert found.external == ("q:1",)
    assert any("a second name is the same" in why for why in found.why)


def test_two_candidates_that_fit_as_well_link_nothing() -> None:
    front = an_entity("r1", "Varr Front", "armed group", names=("Greycoats",))
    both = tuple(a_candidate(key, "Varr Front", "Greycoats") for key in ("q:1", "q:2"))
    assert named(resolve(replace(corpus(front), candidates=both)), "Varr Front").external == ()


def test_another_kind_is_no_candidate() -> None:
    front = an_entity("r1", "Varr Front", "armed group", names=("Greycoats",))
    known = a_candidate("q:1", "Varr Front", "Greycoats", kind="person")
    assert named(resolve(replace(corpus(front), candidates=(known,))), "Varr Front").external == ()


def test_two_names_of_one_candidate_may_be_one_and_are_kept_apart() -> None:
    front, coats = (
        an_entity("r1", "Varr Front", "armed group"),
        an_entity("r2", "Greycoats", "armed group"),
    )
    known = a_candidate("q:1", "Varr Front", "Greycoats")
    made = resolve(replace(corpus(front, coats), candidates=(known,)))
    one, other = named(made, "Varr Front"), named(made, "Greycoats")
    assert one.maybe == (other.id,)
    assert one.doubts == ("both are names of q:1 (register)",)


def test_the_same_actor_in_two_registers_and_in_two_files_has_both_keys() -> None:
    front = an_entity("r1", "Varr Front", "armed group", names=("Greycoats",))
    known = a_candidate("q:1", "Varr Front", "Greycoats")
    again = replace(known, id="candidate-again", source="the same register, later")
    other = a_candidate("ftm:7", "Varr Front", "Greycoats")
    made = resolve(replace(corpus(front), candidates=(known, again, other)))
    assert named(made, "Varr Front").external == ("ftm:7", "q:1")


def test_a_candidate_joins_nobody_with_whom_a_reviewer_gave_it() -> None:
    mine = an_entity("r1", "Jon Smitt", "person")
    other = an_entity("r2", "John Smith", "person", names=("Greycoat",))
    known = a_candidate("q:1", "John Smith", "Greycoat", kind="person")
    said = make("same", ("Jon Smitt", "q:1"), by="me", at="2024-01-01")
    made = resolve(replace(corpus(mine, other, decisions=(said,)), candidates=(known,)))
    assert named(made, "Jon Smitt").external == ("q:1",)
    assert named(made, "John Smith").external == ()


def test_a_reviewer_links_a_candidate() -> None:
    front, coats = (
        an_entity("r1", "Varr Front", "armed group"),
        an_entity("r2", "Greycoats", "armed group"),
    )
    known = a_candidate("q:1", "Varr Front", "Greycoats")
    said = tuple(
        make("same", (name, "q:1"), by="me", at=f"2024-01-0{day}")
        for day, name in enumerate(("Varr Front", "Greycoats"), start=1)
    )
    made = resolve(replace(corpus(front, coats, decisions=said), candidates=(known,)))
    assert named(made, "Varr Front") == named(made, "Greycoats")
    assert named(made, "Greycoats").external == ("q:1",)


def in_one_story(*entities: object) -> Corpus:
    plain = corpus(*entities)  # type: ignore[arg-type]
    reports = tuple(reading.report.id for reading in plain.readings)
    return replace(plain, stories=(Story("story-1", "a raid", reports, When()),))


def test_a_family_name_is_the_only_bearers_of_its_story() -> None:
    full, alone = an_entity("r1", "Ada Lorne", "person"), an_entity("r2", "Lorne", "person")
    apart = resolve(corpus(full, alone))
    assert apart.identity[full.id] != apart.identity[alone.id]
    made = resolve(in_one_story(full, alone))
    assert made.identity[full.id] == made.identity[alone.id]


def test_a_family_name_of_two_in_a_story_is_nobodys() -> None:
    full, kin = an_entity("r1", "Ada Lorne", "person"), an_entity("r2", "Bert Lorne", "person")
    alone = an_entity("r3", "Lorne", "person")
    made = resolve(in_one_story(full, kin, alone))
    assert len({made.identity[one.id] for one in (full, kin, alone)}) == 3


def test_another_first_name_with_the_same_letter_is_another_person() -> None:
    one, other = an_entity("r1", "Ahmed Sorley", "person"), an_entity("r2", "Alan Sorley", "person")
    made = resolve(in_one_story(one, other))
    assert made.identity[one.id] != made.identity[other.id]
    assert named(made, "Ahmed Sorley").maybe == (made.identity[other.id],)
    short = an_entity("r3", "Al Sorley", "person")
    made = resolve(in_one_story(other, short))
    assert made.identity[other.id] == made.identity[short.id]


def test_an_initial_of_two_first_names_joins_neither() -> None:
    names = ("Mark Sorley", "M. Sorley", "Mary Sorley")
    entities = [an_entity(f"r{i}", name, "person") for i, name in enumerate(names)]
    made = resolve(in_one_story(*entities))
    assert made.identity[entities[0].id] != made.identity[entities[2].id]


def test_two_middle_names_are_two_persons() -> None:
    one = an_entity("r1", "Ada Berit Lorne", "person")
    other = an_entity("r2", "Ada Maria Lorne", "person")
    made = resolve(in_one_story(one, other))
    assert made.identity[one.id] != made.identity[other.id]


def test_a_short_name_of_two_stories_is_nobodys() -> None:
    pairs = [
        (an_entity(f"{town}-1", f"{town} United"), an_entity(f"{town}-2", "United", "unknown"))
        for town in ("Ostra", "Ilmen")
    ]
    plain = corpus(*(one for pair in pairs for one in pair))
    stories = tuple(
        Story(f"story-{one.report}", "a match", (one.report, other.report), When())
        for one, other in pairs
    )
    made = resolve(replace(plain, stories=stories))
    assert len({made.identity[one.id] for one, _ in pairs}) == 2


def test_words_of_one_report_around_a_full_name() -> None:
    plain = [an_entity(report, "Ada Lorne", "person") for report in ("r1", "r2")]
    glued = an_entity("r3", "Skipper Ada Lorne", "person")
    made = resolve(in_one_story(*plain, glued))
    assert made.identity[glued.id] == made.identity[plain[0].id]


def test_an_office_of_signs_alone_is_no_noun() -> None:
    resolve(in_one_story(an_entity("r1", "Ada Lorne", "person", role="—")))


def test_a_description_is_one_in_a_story_only() -> None:
    first = an_entity("r1", "ferryman", "person", named=False)
    second = an_entity("r2", "ferryman", "person", named=False)
    made = resolve(in_one_story(first, second), nouns_too=True)
    assert made.identity[first.id] == made.identity[second.id]
    apart = resolve(corpus(first, second), nouns_too=True)
    assert apart.identity[first.id] != apart.identity[second.id]


def test_words_spelled_otherwise_in_another_order() -> None:
    one = an_entity("r1", "Jabhat Tahrir Varr", "armed group")
    other = an_entity("r2", "Varr Tahreer Jabhat", "armed group")
    third = an_entity("r3", "Varr Salvation Jabhat", "armed group")
    made = resolve(corpus(one, other, third))
    assert made.identity[one.id] == made.identity[other.id] != made.identity[third.id]


def test_a_name_is_the_beginning_of_one_other() -> None:
    short = an_entity("r1", "Varr Liberation Front", "armed group")
    long = an_entity("r2", "Varr Liberation Front of Ostra", "armed group")
    made = resolve(corpus(short, long))
    assert made.identity[short.id] == made.identity[long.id]
    third = an_entity("r3", "Varr Liberation Front of Ilm", "armed group")
    made = resolve(corpus(short, long, third))
    assert len({made.identity[one.id] for one in (short, long, third)}) == 3
    assert len(named(made, "Varr Liberation Front").maybe) == 2


def test_a_slip_is_said_to_be_one() -> None:
    entity = an_entity("r1", "Ostra Miners Union", names=("OMU", "OUM"))
    (actor,) = resolve(corpus(entity)).actors
    assert "'OUM' is probably a slip for 'OMU'" in actor.why
