"""What data routes share: the request understood, the database now, and the tag of the answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

import gipcore
from gipcore.export.columns import AnyTable, Origin
from gipcore.export.filters import check_table_filters
from gipcore.store.snapshots import snapshot_of
from gipcore.web.asking import Asked, read_parameters, site_address
from gipcore.web.database import Database, Databases
from gipcore.web.negotiation import is_unchanged_since

REVALIDATE = "public, no-cache"  # kept, but asked about each time: a 304 costs nothing
SWITCHED = {"true": "{name}", "false": "not-{name}"}  # in a name of a file
HTTP_TIME = "%a, %d %b %Y %H:%M:%S GMT"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a route answers from: the request, the database now, and the tag of the answer."""

    asked: Asked
    database: Database
    origin: Origin
    tag: str

    def headers(self) -> dict[str, str]:
        """Return the headers by which a visitor may keep the answer."""
        snapshot = snapshot_of(self.database.state)
        found = {"ETag": self.tag, "Cache-Control": REVALIDATE, "X-Snapshot": snapshot}
        if self.changed is not None:
            found["Last-Modified"] = self.changed.strftime(HTTP_TIME)
        return found

    @property
    def changed(self) -> datetime | None:
        """Return when the data were last read or made, or the program that tells of them."""
        state = self.database.state
        of_data = max(filter(None, (state.built_at, state.read_at)), default=None)
        return None if of_data is None else max(of_data.astimezone(UTC), code_changed())

    def unless_held(self, request: Request, made: Response) -> Response:
        """Return an answer, or 304 when it has not changed since the time that the visitor names.

        Only one that could be sent is compared: what is not there never is unchanged.
        """
        is_held = made.status_code == HTTPStatus.OK and is_unchanged_since(request, self.changed)
        return self.unchanged() if is_held else made

    def unchanged(self) -> Response:
        """Return 304: the visitor holds this answer."""
        headers = {**self.headers(), "Vary": "Accept-Encoding"}
        return Response(status_code=304, headers=headers)

    def file_name(self, name: str, suffix: str) -> str:
        """Return a name that tells the content, the filters that fit in one, and the version."""
        synthetic = "synthetic-" if self.origin.is_synthetic else ""
        filters = [
            SWITCHED.get(value, "{value}").format(
                name=parameter, value=re.sub(r"[^A-Za-z0-9_-]", "-", value)
            )
            for parameter, value in sorted(self.asked.parameters.items())
            if parameter != "search"
        ]
        version = self.database.state.content_hash[:8]
        return "-".join([f"{synthetic}gip", name, *filters, version]) + f".{suffix}"


def understood(
    databases: Databases,
    request: Request,
    *,
    table: AnyTable | None = None,
    apart: tuple[str, ...] = (),
    filters: Iterable[str] | None = None,
) -> Answer:
    """Read the request and the database; raises BadParameterError and StoreError.

    `apart` are the names taken that are no filters; `filters` those that are, None: all of them.
    """
    asked = read_parameters(request, apart, filters, None if table is None else table.name)
    if table is not None:
        check_table_filters(table.name, asked.parameters)
    database = databases.current()
    origin = Origin(site_address(request), database.state.is_synthetic)
    content = (code_version(), database.state.content_hash, origin.site, request.url.path)
    given = (*sorted(asked.parameters.items()), *sorted(asked.apart.items()))
    digest = sha256(repr((content, given)).encode()).hexdigest()[:24]
    return Answer(asked, database, origin, f'W/"{digest}"')


@cache
def code_version() -> str:
    """Return what names the running code, so that no answer of an older one is taken for good."""
    digest = sha256()
    for file in _code():
        digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def code_changed() -> datetime:
    """Return when the running code was last written."""
    return datetime.fromtimestamp(int(max(file.stat().st_mtime for file in _code())), UTC)


def _code() -> list[Path]:
    files = sorted(Path(gipcore.__path__[0]).rglob("*"))
    return [file for file in files if file.suffix in (".py", ".toml")]
