"""The meaning of words in their place is learned here, from a sentence encoder."""
