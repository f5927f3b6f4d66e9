"""What a request to the data asks: filters, rows, and the address it came by."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from os import environ

from starlette.requests import Request

from gipcore.export.filters import FILTERS, BadParameterError, query_from, takes
from gipcore.store.query import Query

DEFAULT_LIMIT, MOST_ROWS = 100, 1000
LANGUAGE = "lang"  # pages put it on every link; a file holds both languages anyway
LONGEST_NAME = 60  # of a parameter that is told back
_HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request understood: its filters, and which part of the answer it wants.

    `apart` are the parameters that are no filters: paging, and the columns.
    """

    parameters: dict[str, str]
    query: Query
    limit: int
    apart: dict[str, str]

    @property
    def after(self) -> str | None:
        """Return what the page begins after; None for the first."""
        return self.apart.get("after") or None


def read_parameters(
    request: Request,
    apart: tuple[str, ...] = (),
    filters: Iterable[str] | None = None,
    table: str | None = None,
) -> Asked:
    """Read the parameters of the URL; raises BadParameterError for one that cannot be taken.

    `apart` are the names taken that are no filters; `filters` those that are, None: all of them.
    A fault names those that `table` takes.
    """
    taken = tuple(FILTERS if filters is None else filters)
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            raise BadParameterError(name[:LONGEST_NAME], "a parameter may be given once")
        given[name] = value
    language = given.pop(LANGUAGE, "")
    if language not in ("", "zh", "en"):
        raise BadParameterError(LANGUAGE, "lang takes zh or en")
    others = {name: given.pop(name) for name in apart if name in given}
    for name in given:
        if name not in taken:
            own = (one for one in taken if table is None or takes(table, one))
            there_are = ", ".join((*own, *apart, LANGUAGE))
            raise BadParameterError(
                name[:LONGEST_NAME],
                f"no such parameter; there are: {there_are}",
                code="unknown_parameter",
            )
    query = query_from(given)
    kept = {name: value for name, value in given.items() if value != ""}
    return Asked(kept, query, _limit(others.get("limit")), others)


def _limit(given: str | None) -> int:
    if given is None:
        return DEFAULT_LIMIT
    if given.isascii() and given.isdigit() and len(given) <= 4 and 1 <= int(given) <= MOST_ROWS:
        return int(given)
    raise BadParameterError("limit", f"limit takes a number from 1 to {MOST_ROWS}")


def site_address(request: Request) -> str:
    """Return the site's own address: GIP_SITE_URL, or the one that was asked.

    Empty when the request names no plausible host; addresses are then relative to the site.
    """
    configured = environ.get("GIP_SITE_URL")
    if configured:
        return configured.rstrip("/")
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}" if _HOST.fullmatch(host) else ""
