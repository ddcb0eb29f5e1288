"""What is in words and is no character: NUL, and halves of pairs."""

import re

NONE = re.compile("[\0\ud800-\udfff]")


def storable(words: str) -> str:
    """Return words with what is no character shown as decoders show what they cannot read.

    Databases refuse it; the length stays, and with it every place in the words.
    """
    return NONE.sub("\ufffd", words)
