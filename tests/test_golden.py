"""The whole record of the example reports, compared byte for byte and reviewed as a diff.

After a change that is meant to alter it: ONRECORD_RENEW_GOLDEN=1 make test, and read the diff.
"""

import difflib
import io
import os
from pathlib import Path

import onrecord
from onrecord.export.jsonl import write

HERE = Path(__file__).parent
REPORTS = HERE.parent / "examples" / "reports"
GOLDEN = HERE / "golden" / "examples.jsonl"
SHOWN = 20  # lines of a difference


def test_the_record_of_the_examples(tmp_path: Path) -> None:
    built = onrecord.build([REPORTS], tmp_path / "x.db")
    assert (built.read, built.failed, built.passed_over) == (20, (), ())
    stream = io.StringIO()
    with onrecord.open(tmp_path / "x.db") as record:
        assert list(record.verify()) == []
        write(record, stream)
    if os.environ.get("ONRECORD_RENEW_GOLDEN"):
        GOLDEN.write_text(stream.getvalue(), encoding="utf-8", newline="\n")
    kept = GOLDEN.read_text(encoding="utf-8").splitlines()
    found = stream.getvalue().splitlines()
    changed = [
        line[:300]
        for line in difflib.unified_diff(kept, found, "golden", "now", lineterm="", n=0)
        if line[:2] not in ("--", "++", "@@")
    ]
    assert not changed, "\n".join([f"{len(changed)} lines differ:", *changed[:SHOWN]])
