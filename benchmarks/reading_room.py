"""What the pages of a large record cost: server time, bytes, first paint, readers beside a writer.

    python benchmarks/reading_room.py RECORD [--each 40] [--questions] [--chromium] [--readers]

RECORD is a file or the address of a record on a server; with `--questions` only these are measured.

Addresses are drawn with a fixed seed: for each kind of page those of the most spoken of, and some
drawn from all. Server times are those of one process without a network; the first questions after
a start are among them.
"""

import argparse
import asyncio
import itertools
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from large_record import World, written

from onrecord import open as open_record
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.store import Address, Store
from onrecord.types import Claim, Event, Statement
from onrecord.web import create_app
from onrecord.web.publishing import _get

SEED = 3
TOP = 5  # addresses of each kind that are of the most spoken of, or first in their list
PAINTED = ("overview", "statements", "disputes", "actor", "report", "map", "search")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
READERS, SECONDS = 10, 30.0


def addresses(record: Record, each: int) -> dict[str, list[str]]:
    """Return by the kind of page the addresses to ask for."""
    chance = random.Random(SEED)

    def some(found: Any) -> list[Any]:
        size = len(found)
        places = [*range(min(TOP, size)), *(chance.randrange(size) for _ in range(each - TOP))]
        return [found[place] for place in places]

    actors = some(record.actors(lean=True))
    words = [actor.name.split()[0] for actor in actors]
    kinds: dict[str, list[str]] = {
        "overview": ["/"] * 3,
        "help": ["/help"],
        "months": ["/months", "/months?event=ASSAULT"],
        "review": ["/review", "/history", "/doubts"],
        "actor": [f"/actor/{actor.id}" for actor in actors],
        "map": [f"/map/{actor.id}" for actor in actors],
        "lanes": [f"/lanes/{actor.id}" for actor in actors],
        "search": [f"/search?q={word}" for word in (*words, "bridge", "talks", "depot mill")],
        "search narrowed": [f"/search?q={word}&act=deny" for word in words],
        "statements by": [f"/statements?by={actor.id}" for actor in actors],
        "statements about": [f"/statements?about={actor.id}&act=deny" for actor in actors],
        "statements since": ["/statements?since=2020-01-01&until=2020-02-01"],
        "events of": [f"/events?actor={actor.id}&standing=told" for actor in actors],
        "claims about": [f"/claims?about={actor.id}" for actor in actors],
        "disputes about": [f"/disputes?about={actor.id}" for actor in actors],
        "relations of": [f"/relations?actor={actor.id}&as_of=2020-01-01" for actor in actors],
        "report": [f"/report/{one.id}" for one in some(record.reports_by_day())],
        "story": [f"/story/{one.id}" for one in some(record.stories())],
        "dispute": [f"/dispute/{one.id}" for one in some(record.disputes())],
        "claim": [f"/claim/{one.id}" for one in some(record.claims())],
        "statement": [f"/statement/{one.id}" for one in some(record.statements())],
        "event": [f"/event/{one.id}" for one in some(record.events())],
        "figure": [f"/figure/{one.id}" for one in some(record.figures())],
        "relation": [f"/relation/{one.id}" for one in some(record.relations())],
        "copy": [f"/copy/{one.id}" for one in some(record.copies())],
        "origin": [f"/origin/{one.id}" for one in some(record.origins())],
    }
    lists = (
        "disputes claims statements events figures actors relations stories copies reports promises"
    )
    for name in lists.split():
        last = {"copies": 20, "disputes": 40, "figures": 40}.get(name, 100)
        kinds[name] = [f"/{name}", f"/{name}?number={1 + 1000 // last}", f"/{name}?number=99999999"]
    return kinds


def share(times: list[float], part: float) -> float:
    """Return the time that a part of all takes at the most, in milliseconds."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def measure_pages(path: Address, kinds: dict[str, list[str]]) -> None:
    """Print the server time and the bytes of each kind of page."""
    app = create_app(path, Settings())
    every: list[float] = []
    print(f"{'page':<18}{'asked':>6}{'median ms':>11}{'p95 ms':>9}{'most ms':>9}{'most kB':>9}")
    for name, paths in kinds.items():
        times, sizes = [], []
        for address in paths:
            started = time.perf_counter()
            status, _, body = asyncio.run(_get(app, address))
            times.append(time.perf_counter() - started)
            sizes.append(len(body))
            assert status == 200, (address, status)
        every += times
        row = (statistics.median(times) * 1000, share(times, 0.95), max(times) * 1000)
        figures = "".join(f"{one:>{wide}.1f}" for one, wide in zip(row, (11, 9, 9), strict=True))
        print(f"{name:<18}{len(paths):>6}{figures}{max(sizes) / 1000:>9.1f}", flush=True)
    print(f"{'all pages':<18}{len(every):>6}{share(every, 0.5):>11.1f}{share(every, 0.95):>9.1f}")


def questions(record: Record) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what a reader asks of a record, each answered by its first hundred lines."""
    chance = random.Random(SEED)
    actors = record.actors(lean=True)
    chosen = [actors[n] for n in (0, 1, 2, *(chance.randrange(len(actors)) for _ in range(17)))]
    for actor in chosen:
        key = actor.id
        yield "actor", lambda key=key: record.actor(key)  # type: ignore[misc]
        yield "actors_named", lambda name=actor.name: record.actors_named(name)  # type: ignore[misc]
        yield "actors_like", lambda name=actor.name: record.actors_like(name.split()[0])  # type: ignore[misc]
        yield "statements by", lambda key=key: record.statements(by=key, likely=True)[:100]  # type: ignore[misc]
        yield "statements about", lambda key=key: record.statements(about=key)[:100]  # type: ignore[misc]
        yield "events", lambda key=key: record.events(actor=key)[:100]  # type: ignore[misc]
        yield "happenings", lambda key=key: record.happenings(actor=key)[:100]  # type: ignore[misc]
        yield "timeline", lambda key=key: record.timeline(key)[:100]  # type: ignore[misc]
        yield "claims", lambda key=key: record.claims(about=key)[:100]  # type: ignore[misc]
        yield "disputes", lambda key=key: record.disputes(about=key)[:100]  # type: ignore[misc]
        yield "relations", lambda key=key: record.relations(actor=key)[:100]  # type: ignore[misc]
        yield "mentions", lambda key=key: record.mentions(key)[:100]  # type: ignore[misc]
        yield "promises", lambda key=key: record.promises(by=key)[:100]  # type: ignore[misc]
        yield "search", lambda name=actor.name: record.search(name, limit=100)  # type: ignore[misc]
        yield "find", lambda name=actor.name: record.find(name.split()[1])  # type: ignore[misc]
    for place in (0, 500, 100_000):
        for name in ("statements", "events", "figures", "claims", "disputes", "stories", "origins"):
            ask = getattr(record, name)
            yield name, lambda ask=ask, place=place: ask()[place : place + 100]  # type: ignore[misc]
    for report in record.reports()[:20]:
        yield "reading", lambda key=report.id: record.reading(key)  # type: ignore[misc]
        yield "report", lambda key=report.path: record.report(key)  # type: ignore[misc]
    for noun, names in ((Statement, record.statements()[:20]), (Event, record.events()[:20])):
        for one in names:
            yield f"naming {noun.__name__}", lambda key=one.id: record.naming(Claim, key)  # type: ignore[misc]
            yield "show", lambda key=one.id: record.show(key)  # type: ignore[misc]
    for name in ("overview", "months", "waiting", "decisions", "published"):
        yield name, getattr(record, name)
    yield "families", lambda: record.families()[:20]
    yield "questions", lambda: record.questions()[:20]
    yield "counted", lambda: record.counted()[:40]


def measure_questions(path: Address) -> None:
    """Print how long a record takes to answer: after it was opened, and asked the same again."""
    with open_record(path) as record:
        asked = list(questions(record))
        for when in ("first", "again"):
            times: dict[str, list[float]] = {}
            for name, ask in asked:
                started = time.perf_counter()
                ask()
                times.setdefault(name, []).append(time.perf_counter() - started)
            slow = {name: share(found, 0.95) for name, found in times.items()}
            every = list(itertools.chain.from_iterable(times.values()))
            ordered = sorted(slow.items(), key=lambda one: -one[1])[:8]
            half, most = share(every, 0.5), share(every, 0.95)
            print(
                f"Record, {when}: {len(every)} questions, median {half:.1f} ms, p95 {most:.1f} ms"
            )
            print("the slowest by their p95: " + ", ".join(f"{n} {ms:.0f}" for n, ms in ordered))


def serving(path: Address) -> str:
    """Serve a record until this ends; return its address."""
    server = uvicorn.Server(uvicorn.Config(create_app(path, Settings()), port=0, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


def measure_paint(path: Address, kinds: dict[str, list[str]]) -> None:
    """Print when Chromium first paints words of a page, in a fresh profile."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    site, asked = (
        serving(path),
        "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime",
    )
    with tempfile.TemporaryDirectory() as folder:
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for flag in (*FLAGS.split(), f"--user-data-dir={folder}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        found = []
        for name in PAINTED:
            for address in kinds[name][:4]:
                driver.get(site + address)
                time.sleep(0.3)
                found.append(driver.execute_script(asked))
        driver.quit()
    known = [one for one in found if one is not None]
    half, most = statistics.median(known), max(known)
    print(f"first contentful paint of {len(known)} pages: median {half:.0f} ms, most {most:.0f} ms")


def measure_readers(path: Address, kinds: dict[str, list[str]]) -> None:
    """Print what ten readers at once get while reports are added."""
    import httpx

    site, until = serving(path), time.monotonic() + SECONDS
    paths = [address for some in kinds.values() for address in some]
    times: list[float] = []
    failed: list[str] = []

    def reads(number: int) -> None:
        chance = random.Random(number)
        with httpx.Client(timeout=60) as client:
            while time.monotonic() < until:
                address = chance.choice(paths)
                started = time.perf_counter()
                answer = client.get(site + address)
                times.append(time.perf_counter() - started)
                if answer.status_code != 200:
                    failed.append(f"{address}: {answer.status_code}")

    threads = [threading.Thread(target=reads, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    world, store, added = World.of(2_000), Store(path, create=True), 0
    while time.monotonic() < until:
        store.add(written(world, 2**40 + added, 10), lambda _: "invented")
        added += 1
    store.close()
    for thread in threads:
        thread.join()
    print(f"{READERS} readers for {SECONDS:.0f} s beside a writer: {len(times)} pages, ", end="")
    print(f"median {share(times, 0.5):.0f} ms, p95 {share(times, 0.95):.0f} ms, ", end="")
    print(f"{len(failed)} failed, {added} reports added")
    assert not failed, failed[:5]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record")
    parser.add_argument("--questions", action="store_true", help="those alone")
    parser.add_argument("--each", type=int, default=40, help="addresses of each kind of page")
    parser.add_argument("--chromium", action="store_true")
    parser.add_argument("--readers", action="store_true")
    asked = parser.parse_args()
    with open_record(asked.record) as record:
        kinds = {} if asked.questions else addresses(record, asked.each)
        counts = record.overview().counts
    print(f"{counts['report']:,} reports, {counts['statement']:,} statements")
    if asked.questions:
        measure_questions(asked.record)
        return
    measure_pages(asked.record, kinds)
    measure_questions(asked.record)
    if asked.chromium:
        measure_paint(asked.record, kinds)
    if asked.readers:
        measure_readers(asked.record, kinds)


if __name__ == "__main__":
    main()
