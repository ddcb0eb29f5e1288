"""Who may ask: the host check, the token, and the headers that every answer carries."""

import hashlib
import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import RunError

COOKIE = "onrecord"
SESSION = "onrecord-session"  # tells apart who is at which browser; a form is bound to it
SESSION_BYTES = 16
BODY_MOST = 10_000  # bytes of a request
PER_SECOND, AT_ONCE = 20.0, 120.0  # requests of one address that are answered, where others ask
ADDRESSES = 10_000  # whose requests are counted
# Only this server knows it, so that no page of another can send a decision.
SECRET = secrets.token_bytes(32)
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
)
ASK = """<!doctype html><html lang="en"><meta charset="utf-8"><title>OnRecord: token needed</title>
<meta name="viewport" content="width=device-width">
<h1>This record is served to those who have its token</h1>
<p>Whoever serves it has it. If you came here by a link, <a href="/">try again</a>.</p>
<form method="get" action="/"><label>Token <input type="password" name="token" required></label>
<button>Open the record</button></form></html>"""


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def hosts(host: str, token: str | None) -> tuple[str, ...] | None:
    """Return the names that a request may call this server by; None: any.

    Raises `RunError` when others could reach the record and no token keeps them out.
    """
    if is_loopback(host):
        return tuple(dict.fromkeys(("localhost", "127.0.0.1", "[::1]", _bracketed(host))))
    if not token:
        raise RunError(
            f"{host} is an address that other machines can reach, and no token is set",
            remedy="Give a token (--token, or ONRECORD_TOKEN), or serve on 127.0.0.1",
        )
    return None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def stamp(session: str) -> str:
    """Return what a form of a session must carry to be taken."""
    return hmac.new(SECRET, f"form {session}".encode(), hashlib.sha256).hexdigest()


class Rate:
    """How many requests each address may still make: a bucket that fills as time goes by."""

    def __init__(self, per_second: float = PER_SECOND, at_once: float = AT_ONCE) -> None:
        self._per_second = per_second
        self._at_once = at_once
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def takes(self, address: str) -> bool:
        """Tell whether one more request of an address is within its rate, and count it."""
        now = time.monotonic()
        left, then = self._buckets.pop(address, (self._at_once, now))
        left = min(self._at_once, left + (now - then) * self._per_second)
        self._buckets[address] = max(0.0, left - 1), now
        if len(self._buckets) > ADDRESSES:
            self._buckets.popitem(last=False)
        return left >= 1


class Guard:
    """Lets a request through that names this host and shows the token; adds the headers.

    Where others than this machine can ask, each address has its rate.
    """

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str] | None, token: str | None) -> None:
        self.app = app
        self.hosts = hosts
        self.rate = Rate() if hosts is None else None
        self.token = token
        # The cookie is not the token itself, so that it can't be used in an address.
        key = (token or "").encode()
        self.pass_ = hmac.new(key, b"onrecord cookie", hashlib.sha256).hexdigest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        session, is_new = _session(scope)
        scope.setdefault("state", {})["session"] = session

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    headers[name] = value
                headers["Cache-Control"] = "no-store" if self.token else "no-cache"
                if is_new and "text/html" in headers.get("content-type", ""):
                    headers.append("Set-Cookie", _cookie(session, scope))
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        client = scope.get("client") or ("", 0)
        if self.rate is not None and not self.rate.takes(client[0]):
            return PlainTextResponse("Too many requests; wait a moment.\n", 429)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdecimal()) or int(length) > BODY_MOST:
            return PlainTextResponse("This is too long.\n", 413)
        if scope["method"] not in ("GET", "HEAD") and not _is_own(headers):
            return PlainTextResponse("This was sent by a page of another site.\n", 403)
        if self.hosts is not None and _host(headers.get("host", "")) not in self.hosts:
            # A page elsewhere whose name was pointed at this machine would ask so.
            return PlainTextResponse("This host is not served here.\n", 400)
        if not self.token or self._shown(headers):
            return None
        return self._entry(scope)

    def _shown(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _equal(given.strip(), self.token or ""):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and _equal(cookie.value, self.pass_)

    def _entry(self, scope: Scope) -> Response:
        """Take the token from the address into a cookie, or ask for it."""
        asked = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        given = next((value for name, value in asked if name == "token"), None)
        if given is None or not _equal(given, self.token or ""):
            return Response(
                ASK, 401, headers={"WWW-Authenticate": "Bearer"}, media_type="text/html"
            )
        rest = urlencode([(name, value) for name, value in asked if name != "token"])
        # One slash at the front: two would lead to another host.
        path = "/" + quote(scope["path"].lstrip("/\\"), safe="/:@!$&'()*+,;=~")
        response = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
        secure = scope.get("scheme") == "https"
        response.set_cookie(COOKIE, self.pass_, httponly=True, samesite="strict", secure=secure)
        return response


def _session(scope: Scope) -> tuple[str, bool]:
    """Return the session of a request, and whether it is new."""
    try:
        cookie = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(SESSION)
    except CookieError:
        cookie = None
    if cookie is not None and len(cookie.value) == 2 * SESSION_BYTES and cookie.value.isalnum():
        return cookie.value, False
    return secrets.token_hex(SESSION_BYTES), True


def _cookie(session: str, scope: Scope) -> str:
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return f"{SESSION}={session}; Path=/; HttpOnly; SameSite=Strict{secure}"


def _is_own(headers: Headers) -> bool:
    """Tell whether a request that changes something comes from a page of this server, if told."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


def _host(header: str) -> str:
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
    return _bracketed(name)


def _equal(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
