"""Stories: the reports about one happening, and how they rest on one another."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from onrecord.types import Report, Story
from onrecord.web.lineage import families
from onrecord.web.opened import Asked
from onrecord.web.pages.asking import the
from onrecord.web.rendering import page, part
from onrecord.web.versions import versions

router = APIRouter(include_in_schema=False)
MOST = 100  # reports of a story that are laid beside each other


@router.get("/stories")
def stories(request: Request, record: Asked, number: int = 1) -> HTMLResponse:
    """List the stories, those in most reports first."""
    return page(request, "stories.html", record, shown=part(record.stories(), number))


@router.get("/story/{key}")
def story(request: Request, record: Asked, key: str) -> HTMLResponse:
    """Show the reports of a story by date, and which took from which."""
    found = the(record, Story, key)
    reports = sorted(record.many(Report, found.reports[:MOST]), key=_published)
    return page(
        request,
        "story.html",
        record,
        story=found,
        versions=versions(record, reports),
        families=families(record, found.reports[:MOST]),
    )


def _published(report: Report) -> tuple[str, str]:
    day = report.published.earliest or report.published.latest
    return (day.isoformat() if day else "9999", report.id)
