"""The application: what is served, behind which guard, and what is said when something fails."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

import uvicorn
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from onrecord import __version__
from onrecord.errors import OnRecordError, RunError
from onrecord.record import UnknownError
from onrecord.settings import Settings, read_settings
from onrecord.store import Address
from onrecord.web import api, guard, pages
from onrecord.web.opened import Opened
from onrecord.web.rendering import error_page, warm

STATIC = Path(__file__).parent / "static"
HANDLED = Callable[[Request, Exception], Awaitable[Response]]


def create_app(path: Address, settings: Settings) -> FastAPI:
    """Return the application that serves the record in a file.

    Raises `RunError` when the file is no record, or when the settings would open it to others
    without a token.
    """
    allowed = guard.hosts(settings.host, settings.token)
    app = FastAPI(
        title="OnRecord",
        version=__version__,
        description="The record as JSON, in the shape of its export.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.opened = Opened(path)
    warm()
    app.add_middleware(guard.Guard, hosts=allowed, token=settings.token or None)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(api.router)
    for router in pages.ROUTERS:
        app.include_router(router)
    for kind in (UnknownError, OnRecordError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, _failed)
    return app


def serve(path: Address, *, host: str, port: int, token: str | None) -> None:
    """Serve a record until it is stopped.

    Raises `RunError` when the file is no record, or when the host is not of this machine alone and
    there is no token.
    """
    settings = read_settings(host=host, port=port, token=token)
    app = create_app(path, settings)
    name = app.state.opened.record().name
    print(f"Serving {name} on {address(settings)} (stop with Ctrl+C)", flush=True)  # noqa: T201
    try:
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
    except SystemExit as error:  # uvicorn leaves by itself when the port is taken
        if error.code:
            remedy = "Give another with --port"
            raise RunError(f"cannot listen on {host} port {port}", remedy=remedy) from error


def address(settings: Settings) -> str:
    """Return the address to open in a browser, with the token where there is one."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    entry = f"?token={quote(settings.token, safe='')}" if settings.token else ""
    return f"http://{host}:{settings.port}/{entry}"


async def _failed(request: Request, error: Exception) -> Response:
    """Say what failed and what to do; never how the code looks inside."""
    status, message, remedy = _explained(error)
    if request.url.path.startswith("/api/"):
        said = {"error": message, "remedy": remedy}
        response: Response = JSONResponse(said, status_code=status)
    elif isinstance(error, HTTPException) and 300 <= status < 400:
        response = RedirectResponse((error.headers or {}).get("location", "/"), status)
    else:
        response = error_page(request, status, message, remedy)
    # An unforeseen error is answered outside of the guard, which sets these otherwise.
    for name, value in guard.HEADERS:
        response.headers[name] = value
    return response


def _explained(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, UnknownError):
        return 404, error.message, error.remedy
    if isinstance(error, OnRecordError):
        return 503, str(error), ""
    if isinstance(error, HTTPException):
        if error.status_code == 404:
            return 404, "There is no page at this address", ""
        return error.status_code, str(error.detail), ""
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        return 422, f"{first['loc'][-1]}: {first['msg']}", ""
    return 500, "This page could not be made", "The reason is in the log of the server"
