"""CPU milliseconds that making a report takes, and the share of each edition.

Run: PYTHONPATH=benchmarks python -m newsroom [n] [tuning | held_out]; with -v it prints them.
"""

import sys
import time
from collections import Counter
from typing import cast

from . import Bank, newsroom


def main() -> None:
    """Print the cost and the shares, or the reports themselves."""
    given = [word for word in sys.argv[1:] if word != "-v"]
    count = int(given[0]) if given else 10_000
    bank = cast(Bank, given[1]) if len(given) > 1 else "tuning"
    editions: Counter[str] = Counter()
    changes: Counter[str] = Counter()
    words = 0
    began = time.process_time()
    for made in newsroom(count, seed=1, bank=bank):
        editions[made.made_as] += 1
        changes.update(change.kind for change in made.changed)
        words += made.reading.report.text.count(" ")
        if "-v" in sys.argv:
            print(f"[{made.made_as} {made.told_by}]\n{made.reading.report.text}\n\n")
    spent = time.process_time() - began
    print(f"{1000 * spent / count:.3f} ms a report of {words / count:.0f} words")
    for kind, number in (*editions.most_common(), *changes.most_common()):
        print(f"{kind:>18} {number / count:6.1%}")


if __name__ == "__main__":
    main()
