"""Who may ask: the host, the token, and the headers of every answer."""

from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import RunError
from onrecord.settings import Settings
from onrecord.web import create_app, serve
from onrecord.web.guard import Rate, is_loopback

TOKEN = "correct horse battery staple"
OPEN = {"host": "0.0.0.0", "token": TOKEN}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/", "/nowhere", "/api/reports", "/static/page.css", "/show/x"])
def test_every_answer_carries_the_headers(client: Any, path: str) -> None:
    headers = client.get(path, follow_redirects=False).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.4", "::", "example.org", ""])
def test_other_machines_need_a_token(small: Path, host: str) -> None:
    for token in (None, ""):
        with pytest.raises(RunError) as refused:
            create_app(small, Settings(host=host, token=token))
        assert "token" in refused.value.remedy
    with pytest.raises(RunError):
        serve(small, host=host, port=0, token=None)


def test_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError):
        create_app(tmp_path / "none.db", Settings())


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
def test_names_of_this_machine_are_served(client: Any, host: str) -> None:
    assert client.get("/help", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", ""])
def test_other_names_for_this_machine_are_not(client: Any, host: str) -> None:
    answer = client.get("/help", headers={"host": host})
    assert answer.status_code == 400
    assert "record" not in answer.text


def test_without_the_token_nothing_is_given(asking: Any) -> None:
    client = asking(**OPEN)
    for path in ("/", "/api/reports", "/api/openapi.json", "/static/page.css", "/?token=wrong"):
        answer = client.get(path)
        assert answer.status_code == 401
        assert "Ostra" not in answer.text
    for given in ("Bearer wrong", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x", "Bearer é"):
        answer = client.get("/", headers={"authorization": given.encode()})
        assert answer.status_code == 401, given


def test_token_in_a_header_opens(asking: Any) -> None:
    answer = asking(**OPEN).get("/", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


def test_token_in_the_address_becomes_a_cookie(asking: Any) -> None:
    client = asking(**OPEN)
    answer = client.get("/search", params={"token": TOKEN, "q": "a b"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/search?q=a+b"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in answer.headers["set-cookie"]
    assert client.get("/").status_code == 200
    client.cookies.set("onrecord", "0" * 64)
    assert asking(**OPEN).get("/", headers={"cookie": "onrecord=0"}).status_code == 401


def test_entry_never_leads_to_another_host(asking: Any) -> None:
    answer = asking(**OPEN).get(
        "http://localhost//evil.example/x", params={"token": TOKEN}, follow_redirects=False
    )
    assert answer.headers["location"] == "/evil.example/x"


def test_token_on_this_machine_is_asked_too(asking: Any) -> None:
    assert asking(token=TOKEN).get("/").status_code == 401


def test_documentation_from_elsewhere_is_off(client: Any) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_loopback() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.9.9.9", "::1", "localhost", "[::1]")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "10.0.0.1", "localhost.example", "")))


def test_a_session_is_given_once_and_kept(client: Any) -> None:
    client.cookies.clear()
    given = client.get("/").headers["set-cookie"]
    assert "onrecord-session=" in given
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in given.split(";")}
    assert "set-cookie" not in client.get("/").headers
    client.cookies.clear()
    assert "set-cookie" not in client.get("/api/reports").headers
    client.cookies.set("onrecord-session", "short; or odd")
    assert "onrecord-session=" in client.get("/help").headers["set-cookie"]


def test_where_others_can_ask_each_address_has_its_rate(asking: Any) -> None:
    client = asking(**OPEN)
    headers = {"authorization": f"Bearer {TOKEN}"}
    answers = [client.get("/static/mark.svg", headers=headers).status_code for _ in range(200)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert "content-security-policy" in client.get("/", headers=headers).headers


def test_a_bucket_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("onrecord.web.guard.time.monotonic", lambda: now[0])
    rate = Rate(per_second=2, at_once=3)
    assert [rate.takes("a") for _ in range(5)] == [True, True, True, False, False]
    assert rate.takes("b")
    now[0] = 1.0
    assert [rate.takes("a") for _ in range(3)] == [True, True, False]


def test_on_this_machine_alone_nobody_waits(client: Any) -> None:
    assert {client.get("/static/mark.svg").status_code for _ in range(200)} == {200}


@pytest.mark.parametrize("length", ["20000", "-1", "many"])
def test_a_long_or_odd_body_is_refused(client: Any, length: str) -> None:
    answer = client.post("/decide", content=b"x" * 20, headers={"content-length": length})
    assert answer.status_code == 413
