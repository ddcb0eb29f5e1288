"""Pronouns that may stand for a speaker, and what kind of speaker they stand for."""

RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
FIRST_PERSON = frozenset({"i", "we", "my", "our", "me", "us"})
PERSONAL = {
    "he": "person",
    "she": "person",
    "his": "person",
    "her": "person",
    "him": "person",
    "it": "thing",
    "its": "thing",
    "they": "any",
    "their": "any",
    "them": "any",
    "this": "thing",
    "these": "any",
    "those": "any",
}
