"""What would bring a site to its next level: answers to questions, or its plan coming into force.

Told for each requirement that is missing as the fewest fields whose answers may meet it, so that a
day only needs to know which of them somebody has been asked about.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations, product
from typing import Any

import orjson

from catalogue.fields import SITE
from catalogue.provenance import Provenance
from catalogue.readiness import REQUIREMENTS, Facts, Requirement

PLAN, PLAN_EXPECTED, IN_FORCE = "detaljplan_status", "detaljplan_in_force_expected", "laga_kraft"
MOST_MISSING = 3
"""A site that lacks more than this is not close to its next level."""
ANSWERED = Provenance(basis="authority")
"""What stands behind the best answer that can come."""
NUMBER_THAT_FITS = 0
NUMBERED = {requirement: number for number, requirement in enumerate(REQUIREMENTS)}

Ways = list[dict[str, Any]]
"""For each requirement: whether the plan in force meets it, and sets of keys whose answers may."""


def ways_ahead(
    state: Mapping[str, Any], missing: Sequence[Requirement], *, has_outline: bool
) -> Ways | None:
    """Any: a version's row as JSON. None where something is missing that nothing under way can
    bring, or too much is."""
    if not 0 < len(missing) <= MOST_MISSING or state["status"] == "withdrawn":
        return None
    found = []
    for requirement in missing:
        values = {key: state[key] for key in requirement.keys if key in state}
        said = {
            key: {name: told for name, told in state["provenance"][key].items() if name in KEPT}
            for key in requirement.keys
            if key in state["provenance"]
        }
        one = ways_of(NUMBERED[requirement], orjson.dumps([values, said, has_outline]))
        if not one["plan"] and not one["answers"]:
            return None
        found.append(one)
    return found


KEPT = frozenset(("state", "basis"))
"""What readiness looks at behind a value."""


@lru_cache(maxsize=20_000)
def ways_of(number: int, told: bytes) -> dict[str, Any]:
    """Of the requirement with that number, given what it looks at; few sites differ in that."""
    requirement = REQUIREMENTS[number]
    values, said, has_outline = orjson.loads(told)
    facts = Facts(
        values, {key: Provenance.from_json(one) for key, one in said.items()}, has_outline
    )
    keys = [key for key in requirement.keys if key in SITE and SITE[key].factual]
    answers: list[tuple[str, ...]] = []
    for size in range(1, len(keys) + 1):
        for some in combinations(keys, size):
            is_more = any(set(fewer) <= set(some) for fewer in answers)
            if not is_more and may_meet(requirement, facts, some):
                answers.append(some)
    plan = {**values, PLAN: IN_FORCE}
    meets = PLAN in keys and holds(requirement, facts, plan, {})
    return {"plan": meets, "answers": [list(some) for some in answers]}


def may_meet(requirement: Requirement, facts: Facts, keys: Sequence[str]) -> bool:
    """Whether answers about these fields may be such that the requirement holds."""
    return any(
        holds(requirement, facts, facts.values, dict(zip(keys, answers, strict=True)))
        for answers in product(*(possible(facts.values, key) for key in keys))
    )


def possible(values: Mapping[str, Any], key: str) -> Sequence[Any]:
    """What an answer may be: any of the codes; a number that fits; else what stands, confirmed.

    Any: values of fields.
    """
    field = SITE[key]
    if field.kind == "code":
        return [entry.code for entry in field.codes]
    return [values[key] if values.get(key) is not None else NUMBER_THAT_FITS]


def holds(
    requirement: Requirement, facts: Facts, values: Mapping[str, Any], answers: Mapping[str, Any]
) -> bool:
    """Whether it would, with these answers in writing. Any: values of fields."""
    provenance = {**facts.provenance, **dict.fromkeys(answers, ANSWERED)}
    return requirement.holds(Facts({**values, **answers}, provenance, facts.has_outline))
