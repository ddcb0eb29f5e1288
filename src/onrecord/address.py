"""Addresses as reports carry them, which may be malformed."""

from urllib.parse import urlsplit


def host_of(url: str | None) -> str | None:
    """Return the host of an address without "www.", or None where there is none to be told."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return None
    return str(host).removeprefix("www.") if host else None
