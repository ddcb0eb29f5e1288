"""Days of publication told for web pages, beside htmldate with its defaults in the same run.

    python benchmarks/page_dates.py html/date_dev.jsonl

Each line of the file has `html_file` (a page in the folder `pages` beside it) and `date`.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from htmldate import find_date

from onrecord.stages.read.html import page_dates


def main(file: Path) -> None:
    """Print how many days each told rightly, wrongly and not at all."""
    ours, theirs = Counter[str](), Counter[str]()
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        data = (file.parent / "pages" / Path(row["html_file"]).name).read_bytes()
        told = next((str(hint.day) for hint in page_dates(data)), None)
        ours[_verdict(told, row["date"])] += 1
        found = find_date(data.decode("utf-8", "replace"), original_date=True)
        theirs[_verdict(found, row["date"])] += 1
    print("ours    ", dict(ours))
    print("htmldate", dict(theirs))


def _verdict(told: str | None, true: str) -> str:
    return "none" if told is None else "right" if told == true else "wrong"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
