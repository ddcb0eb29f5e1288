"""How claims are found to contradict each other is learned here."""
