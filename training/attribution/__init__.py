"""How the attribution model is trained: `training/README.md` says how to run it."""
