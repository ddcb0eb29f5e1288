"""How the weights for one happening were made; see ../README.md."""
