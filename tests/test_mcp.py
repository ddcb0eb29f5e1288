"""An assistant can ask the record and change nothing; every line it gets carries its words."""

import asyncio
import hashlib
import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

import ferry
from onrecord.mcp import server
from onrecord.record import Record

COMMAND = "from onrecord.cli import app; app(prog_name='onrecord')"
READING = [
    "search",
    "statements",
    "events",
    "figures",
    "claims",
    "disputes",
    "relations",
    "promises",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ferry.ferry_record(tmp_path_factory.mktemp("mcp") / "ferry.db")


@pytest.fixture(scope="module")
def record(path: Path) -> Iterator[Record]:
    with Record(path) as opened:
        yield opened


def ask(target: Any, tool: str, **given: Any) -> dict[str, Any]:
    async def call() -> Any:
        async with Client(target) as client:
            return await client.call_tool(tool, given)

    result = asyncio.run(call())
    if result.is_error:
        raise ValueError(result.content[0].text)
    found: dict[str, Any] = json.loads(result.content[0].text)
    return found


def test_every_line_carries_words_that_stand_in_its_report(record: Record) -> None:
    texts = {report.id: report.text for report in record.reports()}
    made = server(record)
    seen = 0
    for tool in READING:
        found = ask(made, tool, **({"words": "dues"} if tool == "search" else {}))
        for line in found["lines"]:
            assert line["id"]
            for words in line["words"]:
                whole = texts[words["report"]][words["start"] : words["end"]]
                assert words["text"].removesuffix(" […]") == whole[: len(words["text"])][:600]
                assert found["reports"][words["report"]]["address"]
                seen += 1
    assert seen > 10


def test_conditions_combine(record: Record) -> None:
    found = ask(server(record), "statements", by="Dorn", act="deny")
    assert found["total"] >= 1
    assert all(line["act"] == "deny" for line in found["lines"])
    assert all("Dorn" in line["speaker"] for line in found["lines"])


def test_a_name_that_is_not_there_is_told_with_what_to_do(record: Record) -> None:
    with pytest.raises(ValueError, match="no actor 'Nobody Atall'"):
        ask(server(record), "actor", name="Nobody Atall")


def test_no_tool_can_change_the_record(path: Path, record: Record) -> None:
    async def listed() -> Any:
        async with Client(server(record)) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert {tool.name for tool in tools} >= {*READING, "overview", "actor", "show", "brief"}
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    ask(server(record), "overview")
    ask(server(record), "brief", topic="Dorn")
    ask(server(record), "show", id=record.statements()[0].id)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_the_command_answers_on_standard_input_and_output(path: Path) -> None:
    command = StdioServerParameters(command=sys.executable, args=["-c", COMMAND, "mcp", str(path)])
    assert ask(command, "overview")["counts"]["report"] > 1


def test_over_http_it_answers_on_this_machine_alone(path: Path) -> None:
    port = _free_port()
    command = [sys.executable, "-c", COMMAND, "mcp", str(path), "--http"]
    with subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.PIPE) as served:
        try:
            _wait(port)
            address = f"http://127.0.0.1:{port}/mcp"
            assert ask(streamable_http_client(address), "overview")["counts"]["report"] > 1
            assert _asked_as(port, f"127.0.0.1:{port}") != 421
            assert _asked_as(port, f"elsewhere.example:{port}") == 421
        finally:
            served.terminate()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("it does not listen")


def _asked_as(port: int, host: str) -> int:
    """Return how a request is answered that names the server by a host."""
    headers = {"Host": host, "Content-Type": "application/json"}
    headers["Accept"] = "application/json, text/event-stream"
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("POST", "/mcp", json.dumps(asked), headers)
        return connection.getresponse().status
