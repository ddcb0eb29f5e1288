"""Newsroom copies: an endless, reproducible stream of invented reports with known truth."""

from .trees import newsroom, tree, trees
from .truth import Change, Edition, Lineage, Made, reasons, translated_pairs, true_pairs
from .world import Bank

__all__ = [
    "Bank",
    "Change",
    "Edition",
    "Lineage",
    "Made",
    "newsroom",
    "reasons",
    "translated_pairs",
    "tree",
    "trees",
    "true_pairs",
]
