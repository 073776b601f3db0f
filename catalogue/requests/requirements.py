"""One requirement of a client, checked by the field registry, and as a condition of the filter.

Whether a site meets it is decided by the filter alone: `wanted` makes the filter that asks.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from catalogue.errors import BadParameters, Fault, Invalid
from catalogue.requests.needs import NEEDS, POWER_KEY, Need, Op
from catalogue.search.filter_texts import plain
from catalogue.search.filters import SiteFilter, parse
from geo.texts import Text

RequiredValue = bool | int | float | date | str | tuple[str, ...]
ENDINGS: dict[Op, str] = {"min": "_min", "max": "_max", "none_of": "_not"}
"""What the filter's parameter has behind the key."""
LONGEST_FRAGMENT = 2_000
MOST_REQUIREMENTS = 200
FIRST_YEAR, LAST_YEAR = 2020, 2100


class Requirement(BaseModel):
    """What a client asks of a site, in the catalogue's own words and units."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str = Field(description="A field that can be filtered, or power_mw, municipality, near, "
                                 "within")  # fmt: skip
    op: Op = Field(description="min and max for numbers, dates and codes in an order; any_of and none_of for "
                               "codes and words; is for yes and no, near and within")  # fmt: skip
    value: RequiredValue = Field(
        description="In the field's unit; dates as 2027-12-31; near as longitude,latitude,km"
    )
    year: int | None = Field(
        None, ge=FIRST_YEAR, le=LAST_YEAR, description="Of power_mw: there by this year"
    )
    firm: bool = Field(False, description="Of power_mw: firm power only")
    must: bool = Field(True, description="False for what the client would merely like")
    weight: Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)] = 1
    fragment: str = Field(
        "", max_length=LONGEST_FRAGMENT, description="The client's words that it was read from"
    )
    question: str = Field(
        "", max_length=500, description="The client's own number or heading of the question"
    )

    @property
    def need(self) -> Need:
        return NEEDS[self.key]

    @model_validator(mode="before")
    @classmethod
    def in_the_kind_of_the_field(cls, given: Any) -> Any:
        """Any: what was sent. A value in a close kind is taken: one code for a list of one."""
        if not isinstance(given, dict) or "value" not in given or given.get("key") not in NEEDS:
            return given
        need, value = NEEDS[given["key"]], given["value"]
        if given.get("op") in ("any_of", "none_of"):
            several = value if isinstance(value, list | tuple | set) else [value]
            value = tuple(str(one).strip() for one in several)
        elif need.field and need.field.kind == "date" and isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return given
        return {**given, "value": value}

    @model_validator(mode="after")
    def is_answerable(self) -> Self:
        if self.key not in NEEDS:
            raise refusal("key", Text("Fältet kan inte krävas.", "No such field can be required."))
        if self.op not in self.need.ops:
            raise refusal(
                "op", Text("Välj bland: {ops}.", "Choose among: {ops}.").format(
                    ops=", ".join(self.need.ops)
                )
            )  # fmt: skip
        if self.key != POWER_KEY and self.year is not None:
            raise refusal("year", Text("Bara effekten har år.", "Only power has a year."))
        if self.key != POWER_KEY and self.firm:
            raise refusal("firm", Text("Bara effekten kan vara fast.", "Only power can be firm."))
        fault = fault_of(self.need, self.op, self.value)
        if fault:
            raise refusal("value", fault)
        return self


def refusal(part: str, text: Text) -> PydanticCustomError:
    """What is wrong with one part, in both languages for whoever tells it."""
    context = {"words": text.en, "part": part, "text": text}
    return PydanticCustomError("requirement", "{words}", context)


def fault_of(need: Need, op: Op, value: RequiredValue) -> Text | None:
    """Why the value cannot be asked for, if it cannot."""
    if op in ("any_of", "none_of"):
        return fault_of_words(need, value)
    if op == "is" and need.field:
        is_flag = isinstance(value, bool)
        return None if is_flag else Text("Ska vara ja eller nej.", "Must be true or false.")
    if op == "is":
        is_text = isinstance(value, str) and value.strip()
        return None if is_text else Text("Ange platsen som text.", "Give the place as text.")
    if need.field and need.field.kind == "date":
        is_day = isinstance(value, date) and FIRST_YEAR <= value.year <= LAST_YEAR
        return None if is_day else Text(
            "Ska vara ett datum, som 2027-12-31.", "Must be a date, such as 2027-12-31."
        )  # fmt: skip
    if need.field and need.field.codes:
        return fault_of_codes(need, (value,), need.field.code_order)
    return fault_of_number(need, value)


def fault_of_words(need: Need, value: RequiredValue) -> Text | None:
    words = value if isinstance(value, tuple) else ()
    if not words or any(not word or "," in word for word in words):
        return Text("Ange minst ett värde.", "Give at least one value.")
    if need.field and need.field.kind == "integers":
        return fault_of_codes(need, words, tuple(map(str, need.field.choices)))
    if need.field and need.field.codes:
        return fault_of_codes(need, words, tuple(one.code for one in need.field.codes))
    return None


def fault_of_codes(need: Need, given: Iterable[object], accepted: tuple[str, ...]) -> Text | None:
    if all(one in accepted for one in given):
        return None
    return Text("Välj bland: {codes}.", "Choose among: {codes}.").format(codes=", ".join(accepted))


def fault_of_number(need: Need, value: RequiredValue) -> Text | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return Text("Ska vara ett tal.", "Must be a number.")
    is_whole = need.field is not None and need.field.kind in ("integer", "integers", "span")
    if is_whole and value != int(value):
        return Text("Ska vara ett heltal.", "Must be a whole number.")
    if value < 0 or (need.most is not None and value > need.most):
        return Text(
            "Ska vara mellan 0 och {most} {unit}.", "Must be between 0 and {most} {unit}."
        ).format(most=need.most or 0, unit=need.unit)
    return None


def parameters(one: Requirement) -> list[tuple[str, str]]:
    """The requirement as the filter's own parameters, `[("power_mw_min", "150"), …]`."""
    found = [(one.key + ENDINGS.get(one.op, ""), parameter_text(one.value))]
    if one.year is not None:
        found.append(("power_year", str(one.year)))
    if one.firm:
        found.append(("power_firm", "true"))
    return found


def parameter_text(value: RequiredValue) -> str:
    match value:
        case bool():
            return str(value).lower()
        case tuple():
            return ",".join(value)
        case int() | float() | date():
            return plain(value)
    return value


def wanted(one: Requirement, municipality_names: Mapping[str, str]) -> SiteFilter:
    """The filter that asks for this and nothing else; `municipality_names` by code.

    Raises `BadParameters` for a municipality that the catalogue does not have, or a place that
    cannot be read.
    """
    return parse(parameters(one), municipality_names)


def read_requirements(
    raw: object, municipality_names: Mapping[str, str]
) -> tuple[Requirement, ...]:
    """Requirements as a program sent them; raises `Invalid` naming every fault by its place."""
    if not isinstance(raw, list) or len(raw) > MOST_REQUIREMENTS:
        raise Invalid([Fault("requirements", Text(
            "Ska vara en lista med högst {n} krav.", "Must be a list of at most {n} requirements."
        ).format(n=MOST_REQUIREMENTS))])  # fmt: skip
    faults: list[Fault] = []
    found: list[Requirement] = []
    for number, given in enumerate(raw):
        try:
            found.append(read_requirement(given, municipality_names))
        except Invalid as error:
            faults += [
                Fault(f"requirements/{number}/{one.where}".rstrip("/"), one.text)
                for one in error.faults
            ]
    if faults:
        raise Invalid(faults)
    return tuple(found)


def read_requirement(given: object, municipality_names: Mapping[str, str]) -> Requirement:
    """One of them; raises `Invalid` with a fault for each part that is wrong."""
    try:
        one = Requirement.model_validate(given)
    except ValidationError as error:
        raise Invalid(list(dict.fromkeys(map(told, error.errors())))) from error
    try:
        wanted(one, municipality_names)
    except BadParameters as error:
        raise Invalid([Fault("value", fault.text) for fault in error.faults]) from error
    return one


MISSING = Text("Saknas.", "Is missing.")
UNKNOWN_PART = Text("Delen finns inte.", "There is no such part.")
NOT_ACCEPTED = Text("Kan inte tas emot.", "Cannot be accepted.")
SAID: dict[str, Text] = {"missing": MISSING, "extra_forbidden": UNKNOWN_PART}
NAMED: dict[str, Text] = {
    "op": Text("Välj bland: min, max, any_of, is.", "Choose among: min, max, any_of, is."),
    "year": Text("Ett år från 2020 till 2100.", "A year from 2020 to 2100."),
    "weight": Text("Ett tal över 0, högst 10.", "A number above 0, at most 10."),
    "must": Text("Ska vara true eller false.", "Must be true or false."),
    "firm": Text("Ska vara true eller false.", "Must be true or false."),
}


def told(detail: Any) -> Fault:
    """A fault of Pydantic's in both languages. Any: its own dict."""
    told_by_us = detail.get("ctx", {}).get("text")
    if told_by_us:
        return Fault(detail["ctx"]["part"], told_by_us)
    part = str(detail["loc"][0])[:60] if detail["loc"] else ""
    return Fault(part, SAID.get(detail["type"]) or NAMED.get(part, NOT_ACCEPTED))
