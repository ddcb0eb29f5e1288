"""How the weights for what means the same were made; see ../README.md."""
