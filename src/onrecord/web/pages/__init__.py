"""The pages, one file a topic; each asks the record and fills a template."""

from fastapi import APIRouter

from onrecord.web.pages import (
    actors,
    briefs,
    copies,
    deciding,
    disputes,
    events,
    figures,
    finding,
    maps,
    overview,
    relations,
    reports,
    review,
    statements,
    stories,
)

ROUTERS: tuple[APIRouter, ...] = (
    overview.router,
    disputes.router,
    statements.router,
    events.router,
    figures.router,
    actors.router,
    deciding.router,
    review.router,
    relations.router,
    maps.router,
    stories.router,
    copies.router,
    reports.router,
    finding.router,
    briefs.router,
)
