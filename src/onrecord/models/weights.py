"""The files of trained weights: each is what it was when it was shipped, or nothing is read by it.

After training has made some anew: `python -m onrecord.models.weights > SHA256SUMS`, in this folder.
"""

import hashlib
import json
import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from onrecord.errors import RunError

DIGESTS = "SHA256SUMS"
KINDS = (".onnx", ".json", ".npz")
REMEDY = "Install the package anew: its weights are part of it"


def folder() -> Traversable:
    """Return where the weights lie."""
    return files("onrecord") / "models"


def weights(name: str) -> bytes:
    """Return a file of weights.

    Raises `RunError` when it is not there, or is not what was shipped.
    """
    place = folder()
    try:
        data = (place / name).read_bytes()
        known = digests((place / DIGESTS).read_text(encoding="ascii"))
    except OSError as error:
        raise RunError("trained weights are not there", file=name, remedy=REMEDY) from error
    if known.get(name) != digest(data):
        raise RunError("trained weights are damaged", file=name, remedy=REMEDY)
    return data


def weights_json(name: str) -> Any:
    """Return what a JSON file of weights holds; raises as `weights` does."""
    return json.loads(weights(name))


def digest(data: bytes) -> str:
    """Return the digest by which a file is known."""
    return hashlib.sha256(data).hexdigest()


def digests(text: str) -> dict[str, str]:
    """Return the digests of a list of them, as sha256sum writes it, by file."""
    rows = (line.split(maxsplit=1) for line in text.splitlines() if line.strip())
    return {name.strip().removeprefix("*"): value for value, name in rows}


def summed() -> str:
    """Return the list of digests of the files that are there."""
    found = sorted(
        (one for one in folder().iterdir() if one.name.endswith(KINDS)), key=lambda one: one.name
    )
    return "".join(f"{digest(one.read_bytes())}  {one.name}\n" for one in found)


if __name__ == "__main__":
    sys.stdout.write(summed())
