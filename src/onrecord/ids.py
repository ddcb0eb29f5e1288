"""Stable ids, made from content by one function."""

import hashlib
import json


def make_id(kind: str, *parts: object) -> str:
    """Return `kind-` and 16 hexadecimal digits that depend on the parts alone.

    Parts are anything that JSON can hold; equal parts give equal ids on every machine and run.
    """
    packed = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"{kind}-{hashlib.blake2b(packed.encode(), digest_size=8).hexdigest()}"
