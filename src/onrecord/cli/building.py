"""The commands that make a record: build, add, demo."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.app import Code
from onrecord.cli.arguments import AsJson, Into, Paths, RecordFile
from onrecord.cli.printing import Steps, console, print_table, say, write_json
from onrecord.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.record import Record
    from onrecord.types import Built

DEMO_RECORD = Path("demo.db")
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=0,
        help="Processes that read reports at once; 0: as many as there are cores.",
    ),
]


On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="CLUSTER",
        help="Read on a Ray cluster: `ray` for the one that RAY_ADDRESS names, or one that is "
        "started on this machine; or ray://HOST:PORT.",
    ),
]
Shards = Annotated[
    str | None,
    typer.Option(
        metavar="FOLDER",
        help="With --on: where its workers write what they read, a folder or an address that all "
        "of them reach. Without it a folder beside the record.",
    ),
]


def build(
    paths: Paths,
    out: Into,
    jobs: Jobs = None,
    on: On = None,
    shards: Shards = None,
    as_json: AsJson = False,
) -> None:
    """Read reports into a record.

    Reports that are in the record already are not read again, so a build that was stopped goes on
    where it was. A report that cannot be read is kept with the reason, and the others go on.
    """
    _finish(_build(paths, out, jobs, on, shards), as_json=as_json)


def add(
    record: RecordFile,
    paths: Paths,
    jobs: Jobs = None,
    on: On = None,
    shards: Shards = None,
    as_json: AsJson = False,
) -> None:
    """Read more reports into a record that is there."""
    from onrecord.store import Store

    Store(record, renew=True).close()  # one of an older version is brought up to date
    _finish(_build(paths, record, jobs, on, shards), as_json=as_json)


def demo(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="RECORD", help="Where to make the record.")
    ] = DEMO_RECORD,
    as_json: AsJson = False,
) -> None:
    """Read the example reports that come with OnRecord, and tell what is found in them.

    The examples are fiction: no state, person or outlet in them exists.
    """
    from onrecord.record import Record

    built = _build([examples()], out)
    with Record(out) as record:
        if as_json:
            write_json(_built_json(built) | {"counts": record.overview().counts})
        else:
            _print_built(built)
            _print_demo(record, out)
    _exit(built)


def examples() -> Path:
    """Return the folder of the example reports; raises `RunError` when it is not there."""
    package = Path(__file__).resolve().parents[1]
    places = (
        package / "examples" / "reports",
        package / "examples",
        package.parents[1] / "examples" / "reports",
    )
    for place in places:
        if place.is_dir():
            return place
    raise RunError(
        "the example reports are not there",
        file=str(places[0]),
        remedy="Install OnRecord again, or run this in a checkout of it",
    )


def _build(
    paths: "Sequence[str | Path]",
    out: str | Path,
    jobs: int | None = None,
    on: str | None = None,
    shards: str | None = None,
) -> "Built":
    from onrecord.run import build as run_build
    from onrecord.settings import read_settings

    given = {} if jobs is None else {"jobs": jobs}
    with Steps() as steps:
        settings = read_settings(**given)
        return run_build(paths, out, settings=settings, progress=steps, on=on, shards=shards)


def _finish(built: "Built", *, as_json: bool) -> None:
    if as_json:
        write_json(_built_json(built))
    else:
        _print_built(built)
    _exit(built)


def _exit(built: "Built") -> None:
    if built.failed:
        raise typer.Exit(Code.SOME_FAILED)
    if not built.read and not built.already:
        say("no reports there")
        raise typer.Exit(Code.NONE)


def _built_json(built: "Built") -> dict[str, Any]:
    return {
        "read": built.read,
        "already": built.already,
        "twice": [{"path": path, "same_as": other} for path, other in built.twice],
        "failed": [{"path": path, "problem": problem} for path, problem in built.failed],
        "passed_over": list(built.passed_over),
        "joined": built.corpus,
    }


def _print_built(built: "Built") -> None:
    counts = [f"{built.read:,} read"]
    if built.already:
        counts.append(f"{built.already:,} in the record already")
    if built.twice:
        counts.append(f"{len(built.twice):,} given twice")
    if built.failed:
        counts.append(f"{len(built.failed):,} failed")
    console().print("Reports: " + ", ".join(counts))
    if built.twice:
        print_table(("given twice", "the same as"), built.twice)
    if built.failed:
        rows = ((path, *what_and_remedy(problem)) for path, problem in built.failed)
        print_table(("failed", "what", "what to do"), rows)
    if built.passed_over:
        names = ", ".join(built.passed_over[:5])
        more = f" and {len(built.passed_over) - 5:,} more" if len(built.passed_over) > 5 else ""
        say(f"passed over, being neither text, JSON lines nor pages: {names}{more}")


def what_and_remedy(problem: str) -> tuple[str, str]:
    """Return the two parts of a report's problem: what is wrong, and what to do."""
    what, _, remedy = problem.rpartition(". ")
    return (what, remedy) if what else (remedy, "")


def _print_demo(record: "Record", out: Path) -> None:
    found = record.overview(limit=8)
    rows = [(name, f"{count:,}") for name, count in found.counts.items() if count]
    print_table(("what", "how many"), rows, title="Found in the example reports, which are fiction")
    _print_disputes(record)
    _print_copies(record)
    if found.spoken_of:
        named = [(actor.name, actor.kind, f"{n:,}") for actor, n in found.spoken_of]
        print_table(("most spoken of", "kind", "statements"), named)
    # As it can be typed here: the command need not be on the path.
    command = "onrecord" if shutil.which("onrecord") else sys.argv[0]
    console().print(f"Open it:  {command} serve {out}\nor ask:   {command} disputes {out}")


def _print_disputes(record: "Record") -> None:
    from onrecord.cli.joined import sides

    rows = []
    for dispute in record.disputes():
        ours = sides(record, dispute)
        rows.append((dispute.text, ours.asserting, ours.denying, ours.origins))
    if rows:
        print_table(("disputed", "asserted by", "denied by, or other", "origins"), rows)


def _print_copies(record: "Record") -> None:
    paths = {report.id: report.path for report in record.reports()}
    rows = [
        (paths[copy.from_report], "→" if copy.directed else "–", paths[copy.to_report], copy.kind)
        for copy in record.copies()
    ]
    if rows:
        print_table(("words of", "", "are also in", "as"), rows)
