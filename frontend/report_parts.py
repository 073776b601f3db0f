"""The parts of the steering group's report in words, the same on its page and on its sheet of paper."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from catalogue.enquiries.enquiries import SECTORS, SIZES
from catalogue.fields import MEASURED_THEMES, SITE, THEMES
from catalogue.fields.field import HECTARES
from catalogue.progress import figure_definitions as means
from catalogue.progress import figures
from catalogue.progress.figures import FIGURE, power_key
from catalogue.progress.progress import Progress, Row
from catalogue.progress.progress_moves import Move
from catalogue.progress.reports import Report
from frontend.report_shapes import (
    AreaBar,
    AreaName,
    BarRow,
    Bars,
    Demand,
    HeatCell,
    KeyNumber,
    Matrix,
    MatrixRow,
    MoveRow,
    Moves,
    PowerPart,
    PowerYear,
    WaterPart,
    WaterRow,
)
from frontend.report_speech import Speech
from geo.texts import Text

MOST_MOVES = 6
MOST_SECTORS = 5
MOST_UTILITIES = 7
LONGEST_UTILITY = 26


def strip(row: Row, speech: Speech) -> list[KeyNumber]:
    """What is read first."""
    naive = speech.figure(row, power_key(means.NAIVE_FIRM, None))
    site_by_site = Text("plats för plats {naive}", "site by site {naive}").format(naive=naive)
    target = Text("av {target} enligt planen", "of {target} by the plan").format(
        target=speech.figure(row, "hours_target")
    )
    notes = {
        "power_firm_mw_now": site_by_site,
        "hours": target,
        "area_net_available_ha": Text(
            "plan, rådighet, skriftlig effekt", "plan, control, power in writing"
        ),
    }
    return [
        KeyNumber(
            key=key,
            label=speech.words(label),
            value=speech.figure(row, key),
            change=speech.change(row.change(key), FIGURE[key].definition.decimals),
            note=speech.words(notes.get(key, Text("", ""))),
        )
        for key, label in STRIP.items()
    ]


STRIP: Mapping[str, Text] = {
    "area_net_available_ha": Text("Omedelbart tillgängligt", "Immediately available"),
    "power_firm_mw_now": Text("Fast effekt i dag", "Firm power today"),
    "sites_published": Text("Publicerade platser", "Published sites"),
    "verified_pct": Text("Verifierad andel", "Verified share"),
    "hours": Text("Nedlagd tid", "Hours put in"),
}


def plan(row: Row, speech: Speech) -> Bars:
    """Hectares by the state of the detailed plan, the furthest first."""
    codes = SITE["detaljplan_status"].codes
    furthest_first = sorted(codes, key=lambda one: -codes.index(one) if one.in_order else 1)
    labels = {entry.code: entry.label for entry in furthest_first} | {"unknown": UNKNOWN_PLAN}
    rows = [
        (key, speech.words(label), row.numbers[key] or 0)
        for key, label in ((f"area_net_plan_{code}_ha", label) for code, label in labels.items())
    ]
    found = bars([one for one in rows if one[2]], speech)
    note = Text(
        "Nettoyta på publicerade och reserverade platser, {total} i allt.",
        "Developable area of published and reserved sites, {total} in all.",
    ).format(total=speech.figure(row, "area_net_ha"))
    if not found:
        note = Text("Ingen yta är känd än.", "No area is known yet.")
    return Bars(found, speech.words(HECTARES), speech.words(note))


UNKNOWN_PLAN = Text("Ej angivet", "Not said")


def bars(rows: Sequence[tuple[str, str, float]], speech: Speech) -> list[BarRow]:
    most = max((value for *_, value in rows), default=0) or 1
    return [
        BarRow(key, label, speech.number(value), round(100 * value / most, 1))
        for key, label, value in rows
    ]


def power(row: Row, speech: Speech) -> PowerPart:
    """Firm MW by year, stacked by bidding area; site by site behind."""
    areas = [
        area
        for area in figures.BIDDING_AREAS
        if any(row.numbers[power_key(means.FIRM, year, area)] for year in TIMES)
    ]
    naive = {year: row.numbers[power_key(means.NAIVE_FIRM, year)] or 0 for year in TIMES}
    totals = {year: row.numbers[power_key(means.FIRM, year)] or 0 for year in TIMES}
    most = max(*naive.values(), *totals.values())
    if not most:
        note = Text("Ingen fast effekt är känd än.", "No firm power is known yet.")
        return PowerPart([], [], "", speech.words(note))
    labels = [speech.words(label).capitalize() for label in figures.POWER_TIMES.values()]
    years = [
        PowerYear(
            label,
            list(stacked_areas(row, year, areas, most, speech)),
            speech.number(totals[year]),
            speech.number(naive[year]),
            round(100 * naive[year] / most, 1),
        )
        for year, label in zip(TIMES, labels, strict=True)
    ]
    told = "; ".join(f"{year.label} {year.total} MW" for year in years)
    summary = Text(
        "Fast effekt per år, varje station en gång: {told}.",
        "Firm power by year, each substation once: {told}.",
    ).format(told=told)
    note = Text(
        "Platser på samma station delar på dess effekt, så den räknas en gång. Prickad ruta: "
        "summan plats för plats, som inte finns att få.",
        "Sites on one substation share its power, so it counts once. Dotted: the sum site by site, "
        "which is not there to be had.",
    )
    return PowerPart(
        years,
        [AreaName(place, area) for place, area in enumerate(areas)],
        speech.words(summary),
        speech.words(note),
    )


TIMES = (None, *figures.CHOSEN_YEARS)


def stacked_areas(
    row: Row, year: int | None, areas: Sequence[str], most: float, speech: Speech
) -> Iterator[AreaBar]:
    start = 0.0
    for place, area in enumerate(areas):
        mw = row.numbers[power_key(means.FIRM, year, area)] or 0
        end = start + 100 * mw / most
        yield AreaBar(place, area, round(start, 1), round(end, 1), speech.number(mw))
        start = end


def water(report: Report, speech: Speech) -> WaterPart:
    """What each utility has confirmed in writing, those with most first; all together last."""
    found = [(one, [getattr(one, key) for key in WATER_KEYS]) for one in report.water]
    known = sorted((one for one in found if any(one[1])), key=lambda one: -sum(one[1]))
    unit = speech.words(FIGURE[WATER_KEYS[0]].unit)
    if not known:
        note = Text("Inget vatten är bekräftat än.", "No water has been confirmed yet.")
        return WaterPart([], unit, speech.words(note))
    rows = [
        WaterRow(
            one.utility or speech.words(NO_UTILITY),
            [speech.number(value) for value in values],
            is_total=False,
        )
        for one, values in known[:MOST_UTILITIES]
    ]
    others = [values for _, values in known[MOST_UTILITIES:]]
    if others:
        name = Text("{n} till", "{n} more").format(n=len(others))
        sums = [speech.number(sum(one)) for one in zip(*others, strict=True)]
        rows.append(WaterRow(speech.words(name), sums, is_total=False))
    total = [speech.number(report.row.numbers[key]) for key in WATER_KEYS]
    rows.append(WaterRow(speech.words(Text("Tillsammans", "Together")), total, is_total=True))
    note = Text(
        "Skriftligt besked, plats för plats. Platser som delar anläggning kan inte alltid få det "
        "samtidigt.",
        "A written answer, site by site. Sites that share a plant cannot always have it at once.",
    )
    return WaterPart(rows, unit, speech.words(note))


WATER_KEYS = (
    "drinking_water_confirmed_m3_day", "process_water_confirmed_m3_day", "sewage_confirmed_m3_day"
)  # fmt: skip
NO_UTILITY = Text("Ingen VA-huvudman angiven", "No utility named")


def matrix(progress: Progress, speech: Speech) -> Matrix:
    """Every municipality against itself, in alphabetical order."""
    keys = [*(f"completeness_{theme}" for theme in MEASURED_THEMES), "completeness"]
    rows = [
        MatrixRow(row.code, speech.words(row.name), [heat_cell(row, key, speech) for key in keys])
        for row in progress.all_rows
    ]
    note = Text(
        "Procent av fälten som gäller, och förändringen i procentenheter sedan {since}.",
        "Per cent of the fields that apply, and the change in percentage points since {since}.",
    ).format(since=progress.since)
    themes = [*(THEMES[theme] for theme in MEASURED_THEMES), Text("Alla fält", "All fields")]
    return Matrix([speech.words(theme) for theme in themes], rows, speech.words(note))


def heat_cell(row: Row, key: str, speech: Speech) -> HeatCell:
    value = row.numbers[key]
    return HeatCell(key, speech.number(value), speech.change(row.change(key)), value)


def demand(row: Row, speech: Speech) -> Demand:
    """Who has asked for land and what became of clients' requests."""
    unsaid = speech.words(figures.UNSAID)
    sectors = sorted(
        (
            (key, label, value)
            for key, label, value in counted(row, "enquiries_sector", SECTORS, unsaid, speech)
        ),
        key=lambda one: (one[0].endswith("_unsaid"), -one[2]),
    )
    return Demand(
        speech.words(demand_words(row)),
        bars(sectors[:MOST_SECTORS], speech),
        bars(counted(row, "enquiries_size", SIZES, unsaid, speech), speech),
    )


def counted(
    row: Row, key: str, labels: Mapping[str, Text], unsaid: str, speech: Speech
) -> list[tuple[str, str, float]]:
    """Those that anybody has asked for, in the order of the codes."""
    named = {
        **{f"{key}_{code}": speech.words(label) for code, label in labels.items()},
        f"{key}_unsaid": unsaid,
    }
    return [(one, label, row.numbers[one] or 0) for one, label in named.items() if row.numbers[one]]


def demand_words(row: Row) -> Text:
    numbers = {key: row.numbers[key] or 0 for key in DEMAND_KEYS}
    if not numbers["enquiries"] and not numbers["rfi_received"]:
        return Text("Ingen har frågat än.", "Nobody has asked yet.")
    return Text(
        "Genom katalogen: {enquiries}, varav {answered} besvarade. RFI-registret: {received}, "
        "varav {replied} besvarade och {won} vunna.",
        "Through the catalogue: {enquiries}, of which {answered} answered. RFI register: "
        "{received}, of which {replied} answered and {won} won.",
    ).format(
        enquiries=numbers["enquiries"], answered=numbers["enquiries_answered"],
        received=numbers["rfi_received"], replied=numbers["rfi_answered"], won=numbers["rfi_won"],
    )  # fmt: skip


DEMAND_KEYS = ("enquiries", "enquiries_answered", "rfi_received", "rfi_answered", "rfi_won")


def moves(progress: Progress, row: Row, last: date, speech: Speech) -> Moves:
    """Sites expected at their next level, each with why."""
    names = {one.code: speech.words(one.name) for one in progress.rows}
    ordered = sorted(
        (one for one in progress.moves if one.municipality in names),
        key=lambda one: (names[one.municipality], one.reference),
    )
    title = Text(
        "Väntas nå nästa nivå senast {last}: {n}", "Expected at the next level by {last}: {n}"
    ).format(last=last, n=row.numbers["sites_expected"] or 0)
    note = Text(
        "Allt de saknar är på väg: en plan som väntas få laga kraft, eller frågor ställda de "
        "senaste 90 dagarna.",
        "All they lack is under way: a plan expected in force, or questions asked in the last 90 "
        "days.",
    )
    if not ordered:
        note = Text(
            "Ingen plats har allt den saknar på väg.", "No site has all that it lacks under way."
        )
    return Moves(
        speech.words(title),
        [move_row(one, names[one.municipality], speech) for one in ordered],
        speech.words(note),
    )


def move_row(move: Move, place: str, speech: Speech) -> MoveRow:
    return MoveRow(
        move.reference,
        speech.words(move.name),
        place,
        speech.words(move.next_name),
        [(speech.words(one.text), speech.words(one.because)) for one in move.reasons],
    )
