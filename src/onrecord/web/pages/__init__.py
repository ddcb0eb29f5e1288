"""The pages, one file a topic; each asks the record and fills a template."""

from fastapi import APIRouter

from onrecord.web.pages import (
    actors,
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
    relations.router,
    maps.router,
    stories.router,
    copies.router,
    reports.router,
    finding.router,
)
