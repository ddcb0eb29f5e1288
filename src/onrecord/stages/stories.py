"""Placeholder until the stories stage is written."""

from onrecord.types import Corpus


def stories(corpus: Corpus) -> Corpus:
    """Return the corpus as it is."""
    return corpus
