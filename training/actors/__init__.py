"""How thresholds of joining actors were chosen."""
