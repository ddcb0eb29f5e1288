"""How events stand, learned from judged mentions."""
