"""What the user reads names the file, the place in it and what to do."""

from onrecord.errors import EvidenceError, ItemError, OnRecordError, RunError


def test_a_message_names_file_place_and_remedy() -> None:
    error = ItemError("broken", file="a.jsonl", place="line 3", remedy="Mend it")
    assert str(error) == "a.jsonl, line 3: broken. Mend it"


def test_a_failed_report_is_not_a_failed_run() -> None:
    assert not issubclass(ItemError, RunError)
    assert issubclass(ItemError, OnRecordError)
    assert issubclass(EvidenceError, RunError)
