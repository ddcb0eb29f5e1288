"""The path is one literal list, and its order holds."""

from onrecord.stages import CORPUS_STAGES, READING_STAGES, STAGES

ORDER = [
    "read",
    "clean",
    "date",
    "actors",
    "statements",
    "events",
    "ties",
    "copies",
    "stories",
    "resolve",
    "happenings",
    "claims",
    "relations",
]


def test_the_stages_are_these_in_this_order() -> None:
    assert [stage.name for stage in STAGES] == ORDER


def test_every_stage_needs_only_what_was_made_before_it() -> None:
    made = {"bytes"}
    for stage in STAGES:
        assert set(stage.needs) <= made, stage.name
        made |= set(stage.makes)


def test_report_stages_come_before_corpus_stages() -> None:
    scopes = [stage.scope for stage in STAGES]
    assert scopes == sorted(scopes, reverse=True)
    assert [s.name for s in (*READING_STAGES, *CORPUS_STAGES)] == ORDER[2:]


def test_every_stage_says_what_it_does_not_do_yet() -> None:
    for stage in STAGES:
        module = __import__(f"onrecord.stages.{stage.name}", fromlist=["__doc__"])
        assert module.__doc__, stage.name
        assert " not " in f" {module.__doc__.lower()} ".replace("\n", " "), stage.name
        assert stage.run.__doc__, stage.name
