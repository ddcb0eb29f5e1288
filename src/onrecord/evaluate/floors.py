"""Holds the figures of every task whose data is there against their floors: `make check`.

    python -m onrecord.evaluate.floors [--all]

Looks for the data in the project and in `shared/data` and `shared/gold` beside it; what is not
there is passed over with a word. `--all` also measures what takes longer than a minute.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from onrecord.evaluate import FLOORS, check_floors, evaluate
from onrecord.settings import read_settings

LOOKED_UP = frozenset({"standing"})  # tasks whose own file names places in the shared corpora
SLOW = frozenset({"copies", "stories"})  # tasks that read thousands of reports


def files(root: Path) -> Iterator[tuple[str, str, Path | None]]:
    """Yield each task and data file that has floors, with where it is, or None."""
    labelled = root / "training" / "labelled"
    shared = root.parent / "shared"
    own = [labelled.parent, *(labelled / name for name in ("chains", "acts", "times", "dossiers"))]
    places = (root, *own, shared, shared / "data")
    for task, named in tomllib.loads(FLOORS.read_text(encoding="utf-8")).items():
        for name in named:
            if task in LOOKED_UP and not (shared / "data").is_dir():
                yield task, name, None
                continue
            yield task, name, next((p / name for p in places if (p / name).is_file()), None)


def main(root: Path, *, slow: bool) -> int:
    """Print what was measured and return how many figures are below their floors."""
    wrong = 0
    for task, name, file in files(root):
        if file is None or (task in SLOW and not slow):
            why = (
                "the data is not beside the project" if file is None else "slow; --all measures it"
            )
            print(f"floors {task} {name}: passed over ({why})")  # noqa: T201
            continue
        measured = evaluate(task, file, read_settings())
        faults = check_floors(task, file, measured.figures)
        wrong += len(faults)
        shown = "; ".join(faults) if faults else "held"
        print(f"floors {task} {name} ({measured.n}): {shown}", flush=True)  # noqa: T201
    return wrong


if __name__ == "__main__":
    sys.exit(min(1, main(Path.cwd(), slow="--all" in sys.argv[1:])))
