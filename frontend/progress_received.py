"""Requests and enquiries on the progress page: how many, how soon answered, and what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalogue.progress import figure_definitions_enquiries as asking
from catalogue.progress import figure_definitions_requests as requests
from catalogue.progress.figure_definitions import Definition
from catalogue.progress.figures import ENQUIRY_FIGURES, FIGURE, REQUEST_FIGURES, Figure
from catalogue.progress.progress import Row

REQUEST_KEYS = tuple(one.key for one in requests.MEANT)
ENQUIRY_KEYS = tuple(one.key for one in (asking.RECEIVED, asking.ANSWERED, asking.TAKEN))


@dataclass(frozen=True)
class Bar:
    """One part of a number, beside the largest of them."""

    figure: Figure
    value: float
    share: float
    """Of the largest, in per cent."""


@dataclass(frozen=True, kw_only=True)
class Received:
    """Nothing under `requests` says that the register is empty or not the reader's."""

    requests: Sequence[Figure]
    lost_because: Sequence[Bar]
    enquiries: Sequence[Figure]
    sectors: Sequence[Bar]
    sizes: Sequence[Bar]


def received(total: Row) -> Received:
    has_requests = total.numbers[requests.RECEIVED.key] is not None
    return Received(
        requests=[FIGURE[key] for key in REQUEST_KEYS] if has_requests else [],
        lost_because=bars(total, REQUEST_FIGURES, requests.LOST_BECAUSE),
        enquiries=[FIGURE[key] for key in ENQUIRY_KEYS],
        sectors=bars(total, ENQUIRY_FIGURES, asking.SECTOR),
        sizes=bars(total, ENQUIRY_FIGURES, asking.SIZE),
    )


def bars(row: Row, figures: Iterable[Figure], definition: Definition) -> list[Bar]:
    """The parts of a definition that are not nothing, in the order they are declared."""
    counted = [
        (figure, row.numbers[figure.key] or 0)
        for figure in figures
        if figure.definition == definition
    ]
    most = max((value for _, value in counted), default=0)
    return [Bar(figure, value, 100 * value / most) for figure, value in counted if value]
