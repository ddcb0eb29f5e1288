"""The commands that run something else over a record or a data file: serve, evaluate."""

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.app import Code
from onrecord.cli.arguments import AsJson, Into, RecordFile
from onrecord.cli.printing import Steps, print_table, say, write_json


def serve(
    record: RecordFile,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; without it this machine alone.")
    ] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on.")] = None,
    token: Annotated[
        str | None,
        typer.Option(help="What readers must present when it is served beyond this machine."),
    ] = None,
) -> None:
    """Open the record in a browser: pages and an API, served from this machine."""
    from onrecord.settings import read_settings
    from onrecord.web import serve as run

    settings = read_settings()
    run(
        record,
        host=host or settings.host,
        port=settings.port if port is None else port,
        token=token or settings.token,
    )


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where reports arrive.")],
    out: Into,
    every: Annotated[
        float, typer.Option(min=0.05, metavar="SECONDS", help="From one look to the next.")
    ] = 5.0,
    metrics: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, metavar="PORT", help="Answer there at /health and /metrics."
        ),
    ] = None,
) -> None:
    """Take reports into a record as they arrive in a folder, until it is stopped.

    A file is read once it has not changed between two looks, and never twice. One process at a
    time watches for a record; another is refused while it does.
    """
    import contextlib
    import signal
    import threading

    from onrecord.settings import read_settings
    from onrecord.watching import Watcher, told_at

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    watcher = Watcher(folder, out, read_settings(), every)
    with contextlib.ExitStack() as stack:
        if metrics is not None:
            port = stack.enter_context(told_at(watcher, metrics))
            say(f"health and metrics at http://127.0.0.1:{port}/health and /metrics")
        say(f"watching {folder} (stop with Ctrl+C)")
        watcher.watch(stop, say)
    say(f"stopped; {watcher.health.read} read")


def publish(
    record: RecordFile,
    into: Annotated[
        Path, typer.Option("--into", "-o", metavar="DIR", help="The folder to write to.")
    ],
    as_json: AsJson = False,
) -> None:
    """Write all pages of the record into a folder, to be read without a server."""
    from onrecord.web.publishing import publish as write

    with Steps() as steps:
        count = write(record, into, progress=steps)
    if as_json:
        write_json({"pages": count, "open": str(into / "index.html")})
    else:
        say(f"{count} pages; open {into / 'index.html'}")


def mcp(
    record: RecordFile,
    http: Annotated[
        bool, typer.Option("--http", help="Answer over HTTP on this machine alone.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="With --http: port to listen on.")
    ] = 8766,
) -> None:
    """Let an assistant ask the record, by the Model Context Protocol; nothing can be changed.

    Without --http it answers on standard input and output, as assistants on this machine start it.
    """
    from onrecord.mcp import serve

    if http:
        say(f"answering at http://127.0.0.1:{port}/mcp")
    serve(record, http=http, port=port)


def evaluate(
    task: Annotated[str, typer.Argument(metavar="TASK", help="What is measured; see below.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The labelled data.")],
    predictions: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Also write what was predicted, as JSON lines."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many rows.")] = None,
    texts: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="For seeds and standing: the folder of the reports."),
    ] = None,
    floors: Annotated[
        bool, typer.Option("--floors", help="Fail when a figure is below its floor.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure one task on labelled data; shares and F1 are in percent.

    Tasks: attribution, times, dating, names, coref, actors, events, cameo, templates, toll,
    credits, stories, answers and stance take JSON lines; copies takes pairs and timeline time
    lines, with the reports beside them; statements takes labelled reports, seeds and dossier a
    reader's account, with the reports beside it, in YAML; standing takes judged places,
    tab-separated.
    """
    from onrecord.evaluate import check_floors
    from onrecord.evaluate import evaluate as run
    from onrecord.settings import read_settings

    with Steps() as steps:
        found = run(
            task,
            file,
            read_settings(),
            limit=limit,
            predictions=predictions,
            texts=texts,
            progress=steps,
        )
    if as_json:
        write_json({"task": task, "n": found.n, "figures": found.figures})
    else:
        rows = [
            (name, "open" if value is None else f"{value:,.1f}")
            for name, value in found.figures.items()
        ]
        print_table((f"{task}, {found.n:,} rows", ""), rows)
    faults = check_floors(task, file, found.figures) if floors else []
    for fault in faults:
        say(f"error: {fault}")
    if faults:
        raise typer.Exit(Code.NONE)
