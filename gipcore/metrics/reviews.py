"""Cases of reconsideration and litigation by route: concluded, corrected of these, pending."""

from collections.abc import Mapping
from dataclasses import dataclass

from gipcore.form import reviews
from gipcore.form.report import Number
from gipcore.metrics.share import Share, share_of, total_of
from gipcore.words import Text

Figures = Mapping[str, Number | None]  # by the names of the headline columns

UPHELD, CORRECTED, OTHER, PENDING = (result.id for result in reviews.RESULTS)
CONCLUDED = (UPHELD, CORRECTED, OTHER)
RECONSIDERATION = reviews.RECONSIDERATION.id
DIRECT = reviews.LITIGATION_DIRECT.id
AFTER = reviews.LITIGATION_AFTER_RECONSIDERATION.id
LITIGATION_WORDS = Text("行政诉讼（两类合计）", "Litigation, both kinds")
ALL_WORDS = Text("三条途径合计", "All three routes")


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of one route, or of several together.

    `results` and `total` are as printed or added up from what is printed, None when a part is
    unknown. `corrected` is a share of the concluded cases; pending ones are in no share.
    """

    label: Text
    results: Mapping[str, Number | None]
    total: Number | None
    concluded: Number | None
    corrected: Share

    @property
    def pending(self) -> Number | None:
        """Return how many are not concluded yet."""
        return self.results[PENDING]


def by_route(figures: Figures) -> tuple[Cases, ...]:
    """Return the cases of the three routes, in the order of the form."""
    return tuple(cases(figures, line.label, line.id) for line in reviews.LINES)


def litigation(figures: Figures) -> Cases:
    """Return the cases of both kinds of litigation together."""
    return cases(figures, LITIGATION_WORDS, DIRECT, AFTER)


def all_routes(figures: Figures) -> Cases:
    """Return the cases of all three routes together."""
    return cases(figures, ALL_WORDS, RECONSIDERATION, DIRECT, AFTER)


def cases(figures: Figures, label: Text, *routes: str) -> Cases:
    """Return the cases of some routes added up."""

    def together(column: str) -> Number | None:
        return total_of([figures.get(f"{route}_{column}") for route in routes])

    results = {result.id: together(result.id) for result in reviews.RESULTS}
    concluded = total_of([results[name] for name in CONCLUDED])
    return Cases(
        label,
        results,
        together(reviews.TOTAL.id),
        concluded,
        share_of(results[CORRECTED], concluded),
    )
