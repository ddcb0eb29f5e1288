"""Bad input sought by coverage: atheris turns the bytes that lead to new code further.

    python fuzzing/guided.py [-runs=20000] [FOLDER]

Needs the extra `fuzz`. FOLDER keeps what led to new code, so that a later run goes on from there.
It stops at the first input that raises, takes over 10 seconds or a gigabyte, and keeps it.
"""

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["onrecord.stages.read", "onrecord.stages.clean"]):
    from onrecord.run import cleaned
    from onrecord.settings import Settings
    from onrecord.stages.read import read

from hostile import SUFFIXES, small

SETTINGS = Settings()
FOLDER = Path(tempfile.mkdtemp())


def one(data: bytes) -> None:
    """Read and clean one input; its first byte says how its file is called."""
    if not data:
        return
    file = FOLDER / f"x{SUFFIXES[data[0] % len(SUFFIXES)]}"
    file.write_bytes(data[1:])
    for report in read([file], SETTINGS):
        if not report.problem:
            assert not cleaned(report).problem, cleaned(report).problem


def main() -> None:
    """Begin with a few hundred small inputs, and go on from them."""
    folder = next((Path(given) for given in sys.argv[1:] if not given.startswith("-")), None)
    if folder is None:
        folder = Path(tempfile.mkdtemp())
        sys.argv.append(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(300):
        given = small(random.Random(number))
        (folder / f"seed-{number}").write_bytes(
            bytes([SUFFIXES.index(given.suffix)]) + given.data[:4_000]
        )
    limits = ["-timeout=10", "-rss_limit_mb=1024", "-max_len=8000"]
    atheris.Setup([sys.argv[0], *limits, *sys.argv[1:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
