"""The pages of a record and the same answers as JSON: server-rendered, asking `Record` only."""

from onrecord.web.app import create_app, serve

__all__ = ["create_app", "serve"]
