"""What a corpus stage keeps for the next build, as bytes that are safe to read back.

The bytes are a pickle from which nothing is taken but numbers in arrays, plain values, and classes
of the stages that keep something and of the record's nouns: no function of those modules and
nothing of any other can be named in it. What was kept by another version, or is damaged, is no
reason to fail: the stage makes its part anew.
"""

import hashlib
import io
import pickle
from collections.abc import Iterable, Iterator
from typing import Any

PART = 16 << 20  # bytes of a part: well below what a database takes in one piece
DIGEST = 32  # bytes at the end of the last part that the others are checked by

MODULES = ("onrecord.types", "onrecord.stages.copies", "onrecord.stages.stories")
NAMES = frozenset(
    {
        ("builtins", "set"),
        ("builtins", "frozenset"),
        ("datetime", "date"),
        ("numpy", "dtype"),
        ("numpy", "ndarray"),
        ("numpy._core.multiarray", "_reconstruct"),
        ("numpy._core.multiarray", "scalar"),
        ("numpy._core.numeric", "_frombuffer"),
    }
)


class _Parts(io.RawIOBase):
    """A file that is written to, as parts."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._open = bytearray()

    def write(self, some: Any) -> int:
        with memoryview(some) as view:
            self._open += view.cast("B")
            size = view.nbytes
        while len(self._open) >= PART:
            self.parts.append(bytes(self._open[:PART]))
            del self._open[:PART]
        return size

    def end(self) -> list[bytes]:
        """Return all parts, the last with the digest."""
        parts = [*self.parts, bytes(self._open)]
        return [*parts[:-1], parts[-1] + _digest(parts)]


class _Careful(pickle.Unpickler):
    """An unpickler that knows the few names that are kept."""

    def find_class(self, module: str, name: str) -> Any:
        ours = any(module == known or module.startswith(f"{known}.") for known in MODULES)
        if not ours and (module, name) not in NAMES:
            raise pickle.UnpicklingError(f"{module}.{name} is nothing that a stage keeps")
        found = super().find_class(module, name)
        if ours and not (isinstance(found, type) and found.__module__ == module):
            raise pickle.UnpicklingError(f"{module}.{name} is no class of that module")
        return found


def pack(kept: object) -> list[bytes]:
    """Return what a stage keeps as parts of at most a few megabytes."""
    into = _Parts()
    pickle.Pickler(into, protocol=5).dump(kept)
    return into.end()


def unpack(parts: Iterable[bytes]) -> object | None:
    """Return what was packed, or None where that cannot be told from the parts."""
    given = list(parts)
    if not given or len(given[-1]) < DIGEST:
        return None
    given[-1], digest = given[-1][:-DIGEST], given[-1][-DIGEST:]
    if _digest(given) != digest:
        return None
    try:
        found: object = _Careful(io.BufferedReader(_Joined(given))).load()
    except Exception:  # noqa: BLE001 - of an older version, whose classes were others
        return None
    return found


class _Joined(io.RawIOBase):
    """Parts that are read as one file, each given up once it is read."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts: Iterator[bytes] = iter(parts)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = memoryview(part)
        count = min(len(into), len(self._left))
        into[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def _digest(parts: Iterable[bytes]) -> bytes:
    total = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        total.update(part)
    return total.digest()
