"""Photographs the pages of a record at phone and desk width, for the pages of this folder.

    python docs/design/shots.py RECORD INTO [--only PATH] [--dark]

Needs Chromium, its driver and selenium (the extra `test`).
"""

import argparse
import base64
import re
import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import uvicorn
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from onrecord import open as open_record
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web import create_app

WIDTHS = {"phone": 390, "desk": 1280}
QUALITY = 35
TALLEST = 1500  # pixels of a page that are photographed
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars"


def addresses(record: Record) -> dict[str, str]:
    """Return one address of each kind of page, by a name for its picture."""
    actor = record.actors(limit=1)[0]
    denial = next(dispute for dispute in record.disputes() if dispute.claim)
    nouns: dict[str, Any] = {
        "report": record.report(record.statements(act="deny", likely=True)[0].report),
        "statement": record.statements(act="deny", likely=True)[0],
        "event": record.events()[0],
        "figure": record.figures()[0],
        "claim": record.get(denial.claim or ""),
        "dispute": denial,
        "story": record.stories()[0],
        "copy": record.copies()[0],
        "origin": max(record.origins(), key=lambda one: len(one.reports)),
        "relation": record.relations()[0],
    }
    found = {
        "overview": "/",
        "disputes": "/disputes",
        "claims": "/claims",
        "statements": "/statements",
        "promises": "/promises",
        "events": "/events",
        "months": "/months",
        "figures": "/figures",
        "actors": "/actors",
        "actor": f"/actor/{actor.id}",
        "relations": "/relations",
        "map": f"/map/{actor.id}",
        "lanes": f"/lanes/{actor.id}",
        "stories": "/stories",
        "copies": "/copies",
        "reports": "/reports",
        "review": "/review",
        "search": "/search?q=" + actor.name.split()[-1],
        "brief": "/brief?topic=" + actor.name.replace(" ", "+"),
        "help": "/help",
    }
    return found | {name: f"/{name}/{noun.id}" for name, noun in nouns.items()}


def served(record: Path) -> str:
    """Serve a record on a free port until this ends; return its address."""
    config = uvicorn.Config(create_app(record, Settings()), port=0, log_level="error")
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


def browser(folder: str) -> Any:
    """Return Chromium with an empty profile."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS.split(), f"--user-data-dir={folder}"):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def shoot(driver: Any, address: str, width: int, *, dark: bool, kind: str) -> bytes:
    """Return the picture of a page, as WebP or PNG."""
    look = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": look})
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get(address)
    height = driver.execute_script("return document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST), "scale": 1}
    asked = {"format": kind, "captureBeyondViewport": True, "clip": clip}
    asked |= {"quality": QUALITY} if kind == "webp" else {}
    return base64.b64decode(driver.execute_cdp_cmd("Page.captureScreenshot", asked)["data"])


def main() -> None:
    """Photograph the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("into", type=Path)
    parser.add_argument("--only")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--png", action="store_true")
    parser.add_argument("--width", choices=WIDTHS)
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    with open_record(asked.record) as record:
        pages = addresses(record)
    site = served(asked.record)
    with tempfile.TemporaryDirectory() as folder:
        driver = browser(folder)
        for name, path in pages.items():
            if asked.only and not re.fullmatch(asked.only, name):
                continue
            for width, pixels in WIDTHS.items():
                if asked.width in (None, width):
                    kind = "png" if asked.png else "webp"
                    file = asked.into / f"{name}.{width}{'.dark' if asked.dark else ''}.{kind}"
                    file.write_bytes(shoot(driver, site + path, pixels, dark=asked.dark, kind=kind))
        driver.quit()


if __name__ == "__main__":
    main()
