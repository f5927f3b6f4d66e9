"""The declared indicators: shares of headline figures, each with its denominator in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from gipcore.form.report import Number
from gipcore.metrics.share import Share, share_of, total_of
from gipcore.words import Text

Figures = Mapping[str, Number | None]  # by the names of the headline columns

DISPOSITIONS = (
    "granted_total",
    "partially_granted_total",
    "denied_total",
    "unable_to_provide_total",
    "not_processed_total",
    "other_handling_total",
)
DISPOSED = Text(
    "同列“（七）总计”（已办结）", "disposed of in the year, the total of the same column"
)
CONCLUDED_RECONSIDERATIONS = Text(
    "已审结的行政复议（总计减尚未审结）", "concluded reconsiderations (total less pending)"
)
CONCLUDED_LITIGATION = Text(
    "两类行政诉讼中已审结的案件", "concluded cases of both kinds of litigation"
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A share: the sums of two lists of figures.

    `parts` must add up to the denominator, or there is no share; empty when the denominator is
    itself a sum of results.
    """

    name: str
    title: Text
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    denominator_words: Text
    parts: tuple[str, ...] = ()


def _disposition(name: str, zh: str, en: str, *numerator: str) -> Indicator:
    return Indicator(name, Text(zh, en), numerator, ("disposed_total",), DISPOSED, DISPOSITIONS)


def _concluded(*routes: str) -> tuple[str, ...]:
    return tuple(
        f"{route}_{result}"
        for route in routes
        for result in ("upheld", "corrected", "other_outcome")
    )


GRANTED = _disposition("granted_share", "予以公开占比", "Granted", "granted_total")
PARTIALLY_GRANTED = _disposition(
    "partially_granted_share", "部分公开占比", "Partially granted", "partially_granted_total"
)
DISCLOSED = _disposition(
    "disclosed_share",
    "全部或部分公开占比",
    "Granted in full or in part",
    "granted_total",
    "partially_granted_total",
)
DENIED = _disposition("denied_share", "不予公开占比", "Denied", "denied_total")
UNABLE_TO_PROVIDE = _disposition(
    "unable_to_provide_share", "无法提供占比", "Unable to provide", "unable_to_provide_total"
)
NOT_PROCESSED = _disposition(
    "not_processed_share", "不予处理占比", "Not processed", "not_processed_total"
)
OTHER_HANDLING = _disposition(
    "other_handling_share", "其他处理占比", "Other handling", "other_handling_total"
)
RECONSIDERATION_CORRECTED = Indicator(
    "reconsideration_corrected_share",
    Text("行政复议纠正占比", "Reconsiderations corrected"),
    ("reconsideration_corrected",),
    _concluded("reconsideration"),
    CONCLUDED_RECONSIDERATIONS,
)
LITIGATION_CORRECTED = Indicator(
    "litigation_corrected_share",
    Text("行政诉讼纠正占比", "Litigation corrected"),
    ("litigation_direct_corrected", "litigation_after_reconsideration_corrected"),
    _concluded("litigation_direct", "litigation_after_reconsideration"),
    CONCLUDED_LITIGATION,
)
INDICATORS = (
    GRANTED,
    PARTIALLY_GRANTED,
    DISCLOSED,
    DENIED,
    UNABLE_TO_PROVIDE,
    NOT_PROCESSED,
    OTHER_HANDLING,
    RECONSIDERATION_CORRECTED,
    LITIGATION_CORRECTED,
)


def measure(indicator: Indicator, figures: Figures) -> Share:
    """Return an indicator over one report's figures, or over sums of them."""

    def together(names: tuple[str, ...]) -> Number | None:
        return total_of([figures.get(name) for name in names])

    return share_of(
        together(indicator.numerator),
        together(indicator.denominator),
        [figures.get(name) for name in indicator.parts],
    )
