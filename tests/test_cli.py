"""What the commands answer, in tables and JSON, and with which exit code."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner, Result

import onrecord.run
import onrecord.stages.read
from ferry import ferry_record
from onrecord.cli import app
from onrecord.cli.arguments import ACTS, STANDINGS
from onrecord.cli.printing import clean, short
from onrecord.errors import RunError
from onrecord.types import Act, Built, Standing

REPORT = """Ferry guild accuses harbour master

OSMAR, 5 March 2022 (Coast Wire) - The Ferry Guild of Osmar accused harbour master Ilke Dorn on
Friday of pocketing dues. “She has taken what was ours,” said its speaker, Tam Orrel."""


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(ferry_record(tmp_path_factory.mktemp("ferry") / "ferry.db"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), prog_name="onrecord")


def onrecord_in_shell(
    *arguments: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    code = "from onrecord.cli import app; app(prog_name='onrecord')"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        env=os.environ | (env or {}),
        check=False,
    )


LISTS = {
    "reports": ("guild.txt", "Coast Wire", "empty. Fetch the report again"),
    "statements": ("Ilke Dorn ← Harbour Daily", "deny", "pocketing [dues]", "2022-03-04 or later"),
    "events": ("REQUEST", "Ferry Guild", "2022-03-04 or earlier"),
    "figures": ("40 or more", "captains", "the report"),
    "actors": ("Ilke Dorn", "person", "Dorn"),
    "copies": ("guild.txt", "→", "daily.txt", "quotation"),
    "stories": ("The dues of Osmar", "2"),
    "claims": ("pocketing [dues]", "Ferry Guild", "Ilke Dorn"),
    "disputes": ("denial", "Ferry Guild", "Ilke Dorn", "1: Ferry Guild"),
    "relations": ("accuses", "disputed"),
}


@pytest.mark.parametrize("command", LISTS)
def test_a_list_shows_its_rows_and_ids(record: str, command: str) -> None:
    result = run(command, record)
    assert result.exit_code == 0, result.output
    for words in LISTS[command]:
        assert words in result.stdout
    kind = {"copies": "copy", "stories": "story"}.get(command, command[:-1])
    assert f"{kind}-" in result.stdout


@pytest.mark.parametrize("command", LISTS)
def test_a_list_as_json_is_json_alone_and_stable(record: str, command: str) -> None:
    result = run(command, record, "--json")
    kind = {"copies": "copy", "stories": "story"}.get(command, command[:-1])
    rows = json.loads(result.stdout)
    assert {row["type"] for row in rows} == {kind}
    assert result.stdout == run(command, record, "--json").stdout


def test_statements_can_be_chosen(record: str) -> None:
    def ids(*options: str) -> list[str]:
        return [
            row["id"] for row in json.loads(run("statements", record, *options, "--json").stdout)
        ]

    assert ids("--by", "Dorn") == ["statement-denied"]
    assert ids("--about", "Ilke Dorn") == ["statement-accused", "statement-unnamed"]
    assert ids("--act", "accuse") == ["statement-accused"]
    assert ids("--unnamed") == ["statement-unnamed"]
    assert len(ids("--named")) == 2
    assert ids("--report", "daily.txt") == ["statement-denied"]
    assert ids("--since", "2022-03-05") == ["statement-denied"]
    assert ids("--until", "2022-03-03", "--report", "guild.txt") == []


def test_a_short_list_says_how_many_there_are(record: str) -> None:
    result = run("statements", record, "--limit", "1")
    assert "1 of 3; --limit 0 shows all" in result.stderr
    assert "1 of 3" not in result.stdout
    assert len(json.loads(run("statements", record, "--limit", "2", "--json").stdout)) == 2


def test_relations_as_of_a_day(record: str) -> None:
    assert run("relations", record, "--as-of", "2022-03-04").exit_code == 0
    assert run("relations", record, "--as-of", "2021-01-01").exit_code == 1


def test_claims_and_disputes_as_known_by_a_day(record: str) -> None:
    for command in ("claims", "disputes"):
        assert run(command, record, "--known-by", "2022-03").exit_code == 0
        assert run(command, record, "--known-by", "2001").exit_code == 1


def test_promises_with_what_became_of_them(record: str, tmp_path: Path) -> None:
    assert run("promises", record).exit_code == 1
    made = str(tmp_path / "kept.db")
    page = tmp_path / "one.txt"
    page.write_text("3 March 2022\n\nThe Osmar council promised to dredge the harbour.\n")
    assert run("build", str(page), "-o", made).exit_code == 0
    (row,) = json.loads(run("promises", made, "--json").stdout)
    assert row["statement"]["act"] == "promise"
    assert row["sequels"] == []
    assert "open" in run("promises", made).stdout


def test_none_found_is_exit_code_1_and_still_json(record: str) -> None:
    result = run("events", record, "--type", "ASSAULT", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [])
    assert "none found" in result.stderr


def test_an_actor_is_told(record: str) -> None:
    result = run("actor", record, "dorn")
    for words in ("Ilke Dorn", "harbour master of Osmar, 2022-03-04", "actor-dorn"):
        assert words in result.stdout
    told = json.loads(run("actor", record, "dorn", "--json").stdout)
    assert (told["statements_by"], told["statements_about"], told["mentions"]) == (1, 2, 2)


def test_a_name_that_is_not_there_offers_what_is_close(record: str) -> None:
    result = run("actor", record, "Ilke Dorne")
    assert result.exit_code == 1
    assert result.stderr == (
        "error: no actor 'Ilke Dorne' in this record. Did you mean: Ilke Dorn?\n"
    )


def test_a_time_line(record: str) -> None:
    told = json.loads(run("timeline", record, "Ilke Dorn", "--json").stdout)
    assert [line["type"] for line in told] == ["event", "role", "statement"]
    assert "harbour master of Osmar" in run("timeline", record, "Ilke Dorn").stdout


def test_search_marks_the_words(record: str) -> None:
    result = run("search", record, "coin", "dues")
    assert "»coin«" in result.stdout
    assert {hit["type"] for hit in json.loads(run("search", record, "dues", "--json").stdout)} == {
        "report",
        "statement",
    }
    assert run("search", record, "zeppelin").exit_code == 1


def test_show_marks_the_evidence_in_its_paragraph(record: str) -> None:
    result = run("show", record, "statement-denied")
    assert "“»I have never touched a coin of the dues«,” »she« »told« the »Harbour Daily«." in (
        " ".join(result.stdout.split())
    )
    shown = json.loads(run("show", record, "dispute-1", "--json").stdout)
    assert shown["line"]["type"] == "dispute"
    assert {part["report"] for part in shown["paragraphs"]} != set()
    assert run("show", record, "statement-nobody").exit_code == 1


def test_export_writes_json_lines_to_standard_output(record: str, tmp_path: Path) -> None:
    written = run("export", "jsonl", record).stdout
    rows = [json.loads(line) for line in written.splitlines()]
    assert [row["type"] for row in rows][:3] == ["report"] * 3
    assert run("export", "jsonl", record, "-o", str(tmp_path / "x.jsonl")).exit_code == 0
    assert (tmp_path / "x.jsonl").read_text(encoding="utf-8") == written
    assert run("export", "csv", record).exit_code == 2
    assert run("export", "csv", record, "-o", str(tmp_path / "csv")).exit_code == 0
    assert (tmp_path / "csv" / "statement.csv").is_file()
    assert run("export", "xml", record).exit_code == 2


def test_export_is_utf8_on_any_terminal(record: str) -> None:
    result = onrecord_in_shell("export", "jsonl", record, env={"PYTHONIOENCODING": "ascii"})
    assert "“She has taken what was ours,”" in result.stdout.decode("utf-8")


def test_a_terminal_without_utf8_gets_every_answer(record: str) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    table = onrecord_in_shell("statements", record, env=ascii_only)
    assert (table.returncode, table.stderr) == (0, b"")
    assert b"I have never touched" in table.stdout
    shown = onrecord_in_shell("copies", record, "--json", env=ascii_only)
    assert json.loads(shown.stdout.decode("ascii"))[0]["id"] == "copy-1"
    text = onrecord_in_shell("show", record, "copy-1", "--json", env=ascii_only)
    assert "“She has taken" in json.loads(text.stdout)["paragraphs"][0]["text"]


def test_a_closed_pipe_is_quiet(record: str) -> None:
    code = "from onrecord.cli import app; app(prog_name='onrecord')"
    closed, writing = os.pipe()
    os.close(closed)
    command = [sys.executable, "-c", code, "export", "jsonl", record]
    result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (result.returncode, result.stderr) == (141, b"")


def test_verify_counts_what_it_proves(record: str) -> None:
    result = run("verify", record)
    assert result.exit_code == 0
    proved = int(result.stdout.split()[0])
    assert json.loads(run("verify", record, "--json").stdout) == {"proved": proved, "faults": []}
    assert proved > 15


TAMPERED = {
    "text": "UPDATE report SET text = replace(text, 'touched', 'grabbed')",
    "offset": "UPDATE figure SET span_start = span_start + 1",
    "no evidence": "UPDATE statement SET source='[]', cue='[]', content='[]', chain='[]'",
    "no JSON": "UPDATE event SET evidence = '[{' WHERE id = 'event-signed'",
    "no report": "DELETE FROM report WHERE path = 'daily.txt'",
}


@pytest.mark.parametrize("change", TAMPERED)
def test_verify_finds_what_was_tampered_with(tmp_path: Path, change: str) -> None:
    path = ferry_record(tmp_path / "tampered.db")
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER report_search_out")
        connection.execute(TAMPERED[change])
    connection.close()
    result = run("verify", str(path))
    assert result.exit_code == 1, result.output
    assert re.search(r"error: .*tampered\.db: [1-9]\d* faults", result.stderr)
    assert json.loads(run("verify", str(path), "--json").stdout)["faults"]


def test_a_brief_is_printed_or_written(record: str, tmp_path: Path) -> None:
    printed = run("brief", record, "Ilke Dorn")
    assert printed.stdout.startswith("# Ilke Dorn\n")
    out = tmp_path / "brief.md"
    assert run("brief", record, "Ilke Dorn", "-o", str(out)).stdout == ""
    assert out.read_text(encoding="utf-8") == printed.stdout
    assert run("brief", record, "zeppelin").exit_code == 1
    told = run("brief", record, "Ilke Dorn", "-o", str(tmp_path / "no" / "x.md"))
    assert (told.exit_code, told.stderr.startswith("error: ")) == (4, True)


def test_usage_is_exit_code_2(record: str) -> None:
    assert run("statements").exit_code == 2
    assert run("statements", record, "--act", "sing").exit_code == 2
    result = run("statements", record, "--since", "March 2022")
    assert result.exit_code == 2
    assert "YYYY-MM-DD" in result.output
    assert run("nothing").exit_code == 2


def test_what_may_be_chosen_is_what_the_record_holds() -> None:
    assert get_args(Act) == ACTS
    assert get_args(Standing) == STANDINGS


def test_the_version() -> None:
    assert run("--version").stdout == f"onrecord {onrecord.__version__}\n"


def test_help_answers_at_once_and_loads_nothing_heavy() -> None:
    code = (
        "import sys, typer, rich.console, typer.rich_utils\n"
        "from onrecord.cli import app\n"
        "heavy = {'sqlalchemy', 'pydantic', 'spacy', 'numpy', 'rapidfuzz', 'fastapi', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"


def test_build_then_add_then_ask(tmp_path: Path) -> None:
    report, path = tmp_path / "guild.txt", str(tmp_path / "x.db")
    report.write_text(REPORT, encoding="utf-8")
    assert run("add", path, str(report)).exit_code == 4
    first = run("build", str(report), "-o", path)
    assert (first.exit_code, "1 read" in first.stdout) == (0, True), first.output
    again = run("build", str(report), "-o", path, "--json")
    assert json.loads(again.stdout) == {
        "read": 0,
        "already": 1,
        "twice": [],
        "failed": [],
        "passed_over": [],
        "joined": False,
    }
    other = tmp_path / "other.txt"
    other.write_text("The mayor of Vellin said that bread would be dear.", encoding="utf-8")
    assert "1 read" in run("add", path, str(other)).stdout
    assert len(json.loads(run("reports", path, "--json").stdout)) == 2
    assert run("verify", path).exit_code == 0


def test_an_empty_folder_is_none_found(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    result = run("build", str(folder), "-o", str(tmp_path / "x.db"))
    assert (result.exit_code, "no reports there" in result.stderr) == (1, True)


def test_what_stops_a_build_says_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(*_: object, **__: object) -> Built:
        signal.raise_signal(signal.SIGINT)
        raise AssertionError

    monkeypatch.setattr(onrecord.run, "build", interrupted)
    result = run("build", str(tmp_path), "-o", str(tmp_path / "x.db"))
    assert result.exit_code == 130
    assert "the same command goes on where it was" in result.stderr
    assert "Traceback" not in result.output


def test_the_demo_reads_the_examples(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, record: str
) -> None:
    read: list[Path] = []

    def remember(paths: list[Path], into: Path, **_: object) -> Built:
        read.extend(paths)
        ferry_record(into)
        return Built(read=2, already=0, twice=(), failed=(), passed_over=(), corpus=True)

    monkeypatch.setattr(onrecord.run, "build", remember)
    result = run("demo", "-o", str(tmp_path / "demo.db"))
    assert result.exit_code == 0, result.output
    assert list(read[0].glob("*.txt"))
    for words in ("statement", "pocketing [dues]", "guild.txt", "Ilke Dorn", "serve "):
        assert words in result.stdout


def test_an_error_names_file_place_and_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def failing(*_: object, **__: object) -> Built:
        raise RunError("broken", file="x.db", place="page 3", remedy="Mend it")

    monkeypatch.setattr(onrecord.run, "build", failing)
    result = run("build", str(tmp_path), "-o", "x.db")
    assert (result.exit_code, result.stderr) == (4, "error: x.db, page 3: broken. Mend it\n")


def test_words_cannot_steer_the_terminal() -> None:
    assert clean("a\x1b[31mred\x07\nline") == "a [31mred line"


def test_words_are_cut_between_words() -> None:
    assert short("one two three", most=9) == "one two …"
    assert short("one two", most=9) == "one two"


def test_progress_is_on_standard_error_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def telling(
        *_: object, progress: Callable[[str, int, int | None], None], **__: object
    ) -> Built:
        progress("reading reports", 1000, None)
        return Built(read=1000, already=0, twice=(), failed=(), passed_over=(), corpus=True)

    monkeypatch.setattr(onrecord.run, "build", telling)
    monkeypatch.setattr("onrecord.cli.printing.QUIET_SECONDS", 0.0)
    result = run("build", str(tmp_path), "-o", "x.db", "--json")
    assert json.loads(result.stdout)["read"] == 1000
    assert "reading reports: 1,000" in result.stderr


def test_serve_hands_on_what_was_asked(monkeypatch: pytest.MonkeyPatch, record: str) -> None:
    asked: list[object] = []

    def serve(path: Path, *, host: str, port: int, token: str | None) -> None:
        asked.extend((str(path), host, port, token))

    monkeypatch.setattr("onrecord.web.serve", serve)
    assert run("serve", record, "--port", "8123", "--token", "tide").exit_code == 0
    assert asked == [record, "127.0.0.1", 8123, "tide"]


def test_a_figure_that_is_not_finite_is_open(tmp_path: Path) -> None:
    row = {"id": "a", "text": "The ferry sailed again.", "meta": {"date": "2022-03-05"}}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    result = run("evaluate", "dating", str(tmp_path / "rows.jsonl"))
    assert result.exit_code == 0, result.output
    assert re.search(r"median_width\s+open", result.output)
