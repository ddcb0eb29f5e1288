"""Reports as references: CSL-JSON for citation managers, BibTeX for papers.

A date is given as far as it is known and no further: a day, a month, a year, or not at all.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from onrecord.address import host_of
from onrecord.types import Dating, Report

ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
ESCAPED |= {char: f"\\{char}" for char in "&%$#_{}"}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def csl(report: Report) -> dict[str, Any]:
    """Return a report as an item of CSL-JSON."""
    item: dict[str, Any] = {"id": report.id, "type": "article-newspaper"}
    item["title"] = " ".join((report.title or "untitled").split())
    outlet = report.source or host_of(report.url)
    if outlet:
        item["container-title"] = outlet
    if report.byline:
        item["author"] = [{"literal": " ".join(report.byline.split())}]
    parts = _date_parts(report.published)
    if parts:
        item["issued"] = {"date-parts": [parts]}
    if report.url:
        item["URL"] = report.url
    if report.language:
        item["language"] = report.language
    return item


def csl_json(reports: Iterable[Report]) -> str:
    """Return reports as CSL-JSON."""
    return json.dumps([csl(report) for report in reports], ensure_ascii=False, indent=1) + "\n"


def bibtex(reports: Iterable[Report]) -> str:
    """Return reports as BibTeX."""
    return "\n".join(_entry(report) for report in reports)


def _entry(report: Report) -> str:
    item = csl(report)
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    fields = {
        "title": "{" + _escaped(item["title"]) + "}",
        "author": "{" + _escaped(item["author"][0]["literal"]) + "}" if "author" in item else "",
        "journal": _escaped(item.get("container-title", "")),
        "year": str(parts[0]) if parts else "",
        "month": MONTHS[parts[1] - 1] if len(parts) > 1 else "",
        "day": str(parts[2]) if len(parts) > 2 else "",
        "url": _address(item.get("URL", "")),
        "note": _escaped(f"OnRecord {report.id}"),
    }
    lines = [
        f"  {name} = {value if name == 'month' else '{' + value + '}'},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join((f"@article{{{re.sub(r'[^A-Za-z0-9-]', '', report.id)},", *lines, "}\n"))


def _escaped(words: str) -> str:
    return "".join(ESCAPED.get(char, char) for char in " ".join(words.split()))


def _address(url: str) -> str:
    """Return an address without what would end its field."""
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", url)


def _date_parts(published: Dating) -> list[int]:
    """Return year, month and day as far as both bounds have them in common."""
    first, last = published.earliest, published.latest
    if first is None or last is None:
        return []
    found = []
    for one, other in zip(first.timetuple()[:3], last.timetuple()[:3], strict=True):
        if one != other:
            break
        found.append(one)
    return found
