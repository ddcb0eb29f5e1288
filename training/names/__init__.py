"""How the weights that find names and what nouns mean were made; see ../README.md."""
