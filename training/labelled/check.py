"""Prove that every labelled word stands in its report; name the file, the report and the words."""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ACTS = {"say", "accuse", "deny", "promise", "threaten", "demand", "support", "criticise"}
MODES = {"direct", "indirect", "mixed"}


def faults(report: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the labels of one report."""
    yield from time_faults(report)
    for item in report.get("statements", ()):
        words = [item["source"], item["cue"], *item["content"], *item["chain_evidence"]]
        for part in words:
            if part is not None and part not in report["text"]:
                yield f"not in the report: {part!r}"
        place = 0
        for part in item["content"]:
            place = report["text"].find(part, place)
            if place < 0:
                yield f"content out of order: {part!r}"
                break
        if item["act"] not in ACTS or item["mode"] not in MODES:
            yield f"act {item['act']!r}, mode {item['mode']!r}"
        if not item["content"]:
            yield f"no content: {item}"
        if item["chain_evidence"] and len(item["chain_evidence"]) != len(item["chain"]):
            yield f"{len(item['chain'])} hands, {len(item['chain_evidence'])} pieces of evidence"


def time_faults(report: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the time expressions of one report."""
    for item in report.get("times", ()):
        if report["text"].count(item["words"]) < item["nth"]:
            yield f"not in the report: {item['words']!r}, {item['nth']}"
        if item["earliest"] and item["latest"] and item["earliest"] > item["latest"]:
            yield f"earliest after latest: {item['words']!r}"


def main(folder: Path) -> int:
    """Check all files below a folder, print the counts by part and return 1 for a fault."""
    counts: Counter[str] = Counter()
    wrong = 0
    for file in sorted(folder.rglob("*.yaml")):
        part = str(file.parent.relative_to(folder))
        for report in yaml.safe_load(file.read_text(encoding="utf-8")):
            found = list(faults(report))
            wrong += len(found)
            for fault in found:
                print(f"{file}: {report['id']}: {fault}")
            counts[f"{part} reports"] += 1
            counts[f"{part} times"] += len(report.get("times", ()))
            statements = report.get("statements", ())
            counts[f"{part} statements"] += len(statements)
            counts[f"{part} with hands"] += sum(bool(s["chain"]) for s in statements)
    print(", ".join(f"{name} {number}" for name, number in sorted((+counts).items())))
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent))
