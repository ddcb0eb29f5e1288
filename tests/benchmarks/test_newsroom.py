import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, islice
from pathlib import Path

import newsroom as package
import pytest
from newsroom import Bank, Made, newsroom, reasons, translated_pairs, tree, trees, true_pairs
from newsroom.world import world

from onrecord.stages.copies.outlets import lexicon
from onrecord.types import Evidence, Statement

SEED = 11
BANKS: tuple[Bank, ...] = ("tuning", "held_out")
WORD = re.compile(r"\w+(?:['’]\w+)*")


@pytest.fixture(scope="module", params=BANKS)
def bank(request: pytest.FixtureRequest) -> Bank:
    return request.param


@pytest.fixture(scope="module")
def made(bank: Bank) -> list[Made]:
    return list(newsroom(900, seed=SEED, bank=bank))


def evidence_of(statement: Statement) -> Iterator[Evidence]:
    yield from statement.source
    yield from statement.cue
    yield from statement.content
    for hop in statement.chain:
        yield from hop.evidence


def test_every_evidence_is_the_exact_words(made: list[Made]) -> None:
    for one in made:
        report = one.reading.report
        found = [e for s in one.reading.statements for e in evidence_of(s)]
        assert all(e.report == report.id for e in found)
        assert all(e.text and report.text[e.start : e.end] == e.text for e in found)
        assert all(report.text[e.start : e.end] == e.text for e in report.published.evidence)


def test_statements_have_a_source_and_content_and_an_id_of_their_own(made: list[Made]) -> None:
    statements = [s for one in made for s in one.reading.statements]
    assert all(s.source and s.content and s.speaker.is_told for s in statements)
    assert len({s.id for s in statements}) == len(statements)
    assert {s.mode for s in statements} == {"direct", "indirect"}
    assert any(s.chain for s in statements)
    assert any(s.speaker.unnamed for s in statements)


def test_blocks_follow_each_other_and_no_mark_of_the_templates_is_left(made: list[Made]) -> None:
    for one in made:
        report = one.reading.report
        edges = [edge for block in report.blocks for edge in (block.start, block.end)]
        assert edges == sorted(edges)
        assert edges[-1] == len(report.text)
        assert not re.search(r"[~<>\[\]^@{}\0]|  ", report.text)


def test_ids_are_unique_and_parents_stand_before_their_copies(made: list[Made]) -> None:
    seen: set[str] = set()
    for one in made:
        assert one.id not in seen
        assert seen.issuperset(one.parents)
        seen.add(one.id)


def test_the_same_seed_gives_the_same_reports_in_any_slice(bank: Bank) -> None:
    whole = list(trees(12, seed=SEED, bank=bank))
    world.cache_clear()
    assert list(trees(5, seed=SEED, bank=bank, start=7)) == whole[7:]
    flat = [one for group in whole for one in group]
    assert list(newsroom(9, seed=SEED, bank=bank)) == flat[:9]
    assert next(newsroom(1, seed=SEED, bank=bank, start=3)) == whole[3][0]
    assert tree(0, seed=SEED + 1, bank=bank) != whole[0]


def test_a_reprint_has_the_lineage_of_what_it_reprints(made: list[Made]) -> None:
    by_id = {one.id: one for one in made}
    reprints = [one for one in made if one.made_as in ("full", "headline") and one.parents]
    assert reprints
    for one in reprints:
        ours, theirs = (
            [(p.origin, p.paragraph) for p in which.passages]
            for which in (one, by_id[one.parents[0]])
        )
        assert ours == theirs


def test_originals_begin_their_own_words_and_copies_do_not(made: list[Made]) -> None:
    for one in made:
        origins = {p.origin for p in one.passages}
        if one.made_as in ("original", "independent"):
            assert origins == {one.id}
            assert not one.parents
        elif one.made_as in ("full", "cut", "headline", "spelling", "light"):
            assert one.id not in origins
        elif one.made_as in ("local", "follow_up"):
            assert one.id in origins
            assert len(origins) > 1


def test_a_heavy_rewrite_keeps_quotations_only(made: list[Made]) -> None:
    heavy = [one for one in made if one.made_as == "heavy"]
    kept = [p for one in heavy for p in one.passages if p.origin != one.id and p.quotation >= 0]
    assert kept
    for one in heavy:
        text = one.reading.report.text
        for p in one.passages:
            if p.quotation >= 0 and p.origin != one.id:
                assert len(text[p.start : p.end].split()) >= 8


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = WORD.findall(text.lower().replace("’", "'"))
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def bodies(one: Made, length: int) -> set[tuple[str, ...]]:
    text = one.reading.report.text
    return {
        run for p in one.passages if p.quotation < 0 for run in runs(text[p.start : p.end], length)
    }


def test_true_pairs_share_long_runs_and_others_of_a_tree_hardly_ever(made: list[Made]) -> None:
    groups = defaultdict(list)
    for one in made:
        groups[one.tree].append(one)
    found: Counter[tuple[bool, bool]] = Counter()
    for group in groups.values():
        true, rendered = true_pairs(group), translated_pairs(group)
        shingled = {one.id: bodies(one, 8) for one in group[:25]}
        for a, b in combinations(sorted(shingled), 2):
            if (a, b) in true or (a, b) not in rendered:
                found[(a, b) in true, len(shingled[a] & shingled[b]) >= 12] += 1
    assert found[True, True] > 0.8 * (found[True, True] + found[True, False])
    assert found[False, True] < 0.03 * (found[False, True] + found[False, False])


def test_translations_keep_no_long_run(made: list[Made]) -> None:
    by_id = {one.id: one for one in made}
    for one in made:
        if one.made_as == "translated" and one.parents and one.parents[0] in by_id:
            assert len(bodies(one, 8) & bodies(by_id[one.parents[0]], 8)) <= 4
            assert all(p.origin == one.id and p.renders for p in one.passages if p.quotation < 0)


def test_unrelated_reports_share_no_long_run_beyond_stock_phrases(bank: Bank) -> None:
    stock = {run for phrase in lexicon("stock_phrases.txt") for run in runs(phrase, 5)}
    holders = defaultdict(set)
    roots = [group[0] for group in trees(700, seed=SEED, bank=bank)]
    roots = [one for one in roots if one.made_as == "original"]
    for number, one in enumerate(roots):
        for run in bodies(one, 12):
            if not any(run[i : i + 5] in stock for i in range(8)):
                holders[run].add(number)
    pairs = {p for found in holders.values() for p in combinations(sorted(found), 2)}
    assert len(pairs) <= 3e-4 * len(roots) ** 2 / 2


def test_direction_is_told_by_what_stands_in_both_reports(made: list[Made]) -> None:
    by_id = {one.id: one for one in made}
    told = Counter(reason for one in made for reason in one.told_by)
    assert set(told) == {"date", "credit", "citation", "cut"}
    assert any(one.parents and not one.told_by for one in made)
    for one in made:
        for parent in one.parents:
            assert set(one.told_by) <= set(reasons(one, by_id[parent]))


def test_most_trees_are_small_and_some_are_large(bank: Bank) -> None:
    sizes = sorted(len(group) for group in trees(500, seed=SEED, bank=bank, words=60))
    assert sizes[len(sizes) // 2] <= 2
    assert sizes[-1] >= 40


def test_every_kind_of_edition_and_change_is_made(made: list[Made], bank: Bank) -> None:
    more = list(islice(newsroom(2_500, seed=SEED, bank=bank, words=80), 2_500))
    assert len({one.made_as for one in more}) == 12
    assert len({change.kind for one in more for change in one.changed}) == 6


def test_banks_share_no_template_and_no_outlet() -> None:
    one, other = (world(bank, SEED) for bank in BANKS)
    assert not {o.name for o in one.outlets} & {o.name for o in other.outlets}
    templates, words = zip(*map(_alternatives, _bank_files()), strict=True)
    assert not templates[0] & templates[1]
    assert not words[0] & words[1]


def _alternatives(path: Path) -> tuple[set[str], set[str]]:
    """Return the templates with fixed words in them, and the words of the large banks."""
    templates, words = set(), set()
    for line in path.read_text("utf-8").splitlines():
        name, _, right = line.partition(" = ")
        if line.startswith("#") or name.startswith(("swap", "loose", "fixed")):
            continue
        found = {one.strip() for one in right.split("|")}
        templates |= {one for one in found if len(re.sub(r"{[^}]*}", "", one).split()) > 2}
        words |= {one for one in found if "{" not in one} if len(found) > 50 else set()
    return templates, words


def _bank_files() -> Iterator[Path]:

    for bank in BANKS:
        yield Path(package.__file__).with_name(f"{bank}.txt")
