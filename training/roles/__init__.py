"""How the weights for who does harm with what were made; see ../README.md."""
