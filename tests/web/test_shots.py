"""Pages look as they did: photographs beside those that were looked at and kept.

Fonts differ a little between machines, so they are compared small and grey: what is caught is a
page that lost its style, its picture or half its lines. `ONRECORD_RENEW_SHOTS=1` keeps them anew,
after which they must be looked at.
"""

import base64
import io
import os
from pathlib import Path
from typing import Any

import pytest

from web.test_browser import ask, browser, opened, served, wide

__all__ = ["browser", "opened", "served"]  # fixtures
KEPT = Path(__file__).parent / "shots"
PAGES = (
    "/",
    "/disputes",
    "/statements",
    "/figures",
    "/map",
    "/lanes",
    "/months",
    "/copies",
    "/review",
)
WIDTHS = (390, 1280)
SMALL = 64  # pixels across at which pages are compared
HEIGHT = 0.08  # share by which heights may differ
SHADE = 9.0  # of 255 by which shades may differ on average
TALLEST = 3000


def shot(browser: Any, address: str, width: int) -> Any:
    """Return a page's photograph, small and grey."""
    from PIL import Image

    wide(browser, width)
    browser.get(address)
    tall = min(ask(browser, "document.documentElement.scrollHeight"), TALLEST)
    clip = {"x": 0, "y": 0, "width": width, "height": tall, "scale": 1}
    asked = {"format": "png", "captureBeyondViewport": True, "clip": clip}
    data = browser.execute_cdp_cmd("Page.captureScreenshot", asked)["data"]
    whole = Image.open(io.BytesIO(base64.b64decode(data))).convert("L")
    return whole.resize((SMALL, max(1, round(SMALL * tall / width))), Image.Resampling.BOX)


def differs(one: Any, other: Any) -> str:
    """Tell how two small photographs differ, "" where they do not."""
    if abs(one.height - other.height) > max(2, HEIGHT * other.height):
        return f"{one.height} high in place of {other.height}"
    least = min(one.height, other.height)
    pairs = zip(one.tobytes()[: SMALL * least], other.tobytes()[: SMALL * least], strict=True)
    shade = sum(abs(a - b) for a, b in pairs) / (SMALL * least)
    return f"shades differ by {shade:.1f}" if shade > SHADE else ""


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_look_as_they_did(
    browser: Any, served: str, opened: tuple[str, ...], width: int
) -> None:
    Image = pytest.importorskip("PIL.Image")  # noqa: N806 - a module
    found = {}
    for path in (*PAGES, *opened):
        name = path.strip("/").split("/")[0] or "overview"
        name += ".one" if path in opened else ""
        kept = KEPT / f"{name}.{width}.png"
        now = shot(browser, served + path, width)
        if os.environ.get("ONRECORD_RENEW_SHOTS") == "1":
            KEPT.mkdir(exist_ok=True)
            now.save(kept, optimize=True)
        with Image.open(kept) as then:
            told = differs(now, then)
        if told:
            found[f"{path} at {width}"] = told
    assert not found


def test_a_page_without_its_style_is_seen(browser: Any, served: str) -> None:
    Image = pytest.importorskip("PIL.Image")  # noqa: N806 - a module
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*.css"]})
    try:
        bare = shot(browser, served + "/disputes", 1280)
    finally:
        browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    with Image.open(KEPT / "disputes.1280.png") as kept:
        assert differs(bare, kept)
