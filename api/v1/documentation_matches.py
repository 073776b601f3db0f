"""The parts of the OpenAPI document that are about matching."""

from typing import Any

from api.v1.documentation import Schema
from catalogue.requests.needs import NEEDS, OPS
from catalogue.requests.reading import LONGEST_TEXT
from catalogue.requests.requirements import MOST_REQUIREMENTS, Requirement

OUTCOMES = ["met", "not_met", "unknown"]


def requirement_schema() -> Schema:
    """As the model says it, with the keys that there are; Any: JSON."""
    said: dict[str, Any] = Requirement.model_json_schema()
    said["properties"]["key"]["enum"] = list(NEEDS)
    said["properties"]["op"]["enum"] = list(OPS)
    said["properties"]["value"] = {
        "description": "In the field's unit; a list for any_of; dates as 2027-12-31",
        "type": ["boolean", "number", "string", "array"],
        "items": {"type": "string"},
    }
    said.pop("title", None)
    return said


REQUIREMENT = requirement_schema()
REQUEST: Schema = {
    "type": "object",
    "description": "Exactly one of the two",
    "properties": {
        "text": {
            "type": "string",
            "minLength": 1,
            "maxLength": LONGEST_TEXT,
            "description": "The client's own words, Swedish or English",
        },
        "requirements": {
            "type": "array",
            "items": REQUIREMENT,
            "minItems": 1,
            "maxItems": MOST_REQUIREMENTS,
        },
    },
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
}
EXAMPLE: Schema = {
    "requirements": [
        {"key": "area_net_ha", "op": "min", "value": 60},
        {"key": "power_mw", "op": "min", "value": 150, "year": 2029, "must": True, "weight": 2},
        {"key": "distance_rail_km", "op": "max", "value": 15, "must": False},
    ]
}
RESULTS: Schema = {
    "type": "array",
    "description": "In the order of the requirements",
    "items": {
        "type": "object",
        "properties": {
            "key": {"type": "string"},
            "result": {"type": "string", "enum": OUTCOMES},
            "value": {"description": "As the site states it; null where it is not known"},
            "gap": {
                "type": ["number", "null"],
                "description": "What is missing, in the field's unit; days for dates, steps for "
                "codes in an order; null where nothing is missing or no distance can be told",
            },
        },
        "required": ["key", "result", "value", "gap"],
    },
}
FIT: Schema = {
    "type": "string",
    "enum": ["meets", "may_fit", "fails"],
    "description": "By the musts: all met; none failed but some unknown; at least one failed",
}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 100}
MATCHED_SITE: Schema = {
    "type": "object",
    "properties": {
        "reference": {"type": "string"},
        "name_sv": {"type": ["string", "null"]},
        "name_en": {"type": ["string", "null"]},
        "municipality": {"type": "string"},
        "municipality_name": {"type": "string"},
        "readiness": {"type": ["integer", "null"]},
        "fit": FIT,
        "score": {**SHARE, "description": "Weight of what is met, in per cent of all weight"},
        "unknown": {**SHARE, "description": "Weight of what is unknown, in per cent of all"},
        "results": RESULTS,
    },
    "required": ["reference", "fit", "score", "results"],
}
COMBINATION: Schema = {
    "type": "object",
    "properties": {
        "references": {"type": "array", "items": {"type": "string"}},
        "fit": FIT,
        "apart_km": {"type": "number", "description": "Between the two furthest apart"},
        "shared_substations": {
            "type": "array",
            "items": {"type": "string"},
            "description": "More than one of the sites hangs on it; its power is counted once",
        },
        "results": {**RESULTS, "description": "What they reach together: hectares and power"},
    },
}
SITES: Schema = {"type": "array", "items": MATCHED_SITE}
MATCHES: Schema = {
    "type": "object",
    "properties": {
        "requirements": {
            "type": "array",
            "items": {
                **REQUIREMENT,
                "properties": {
                    **REQUIREMENT["properties"],
                    "words": {"type": "string", "description": "The requirement as a sentence"},
                },
            },
        },
        "not_understood": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Fragments of the text that were not read as a requirement",
        },
        "numberMatched": {"type": "integer", "description": "All published sites"},
        "numberReturned": {"type": "integer"},
        "meets": {"type": "integer"},
        "may_fit": {"type": "integer"},
        "fails": {"type": "integer"},
        "sites": SITES,
        "near_misses": {**SITES, "description": "Fail a single must by a fifth at most"},
        "combinations": {"type": "array", "items": COMBINATION},
        "timeStamp": {"type": "string", "format": "date-time"},
    },
    "required": ["requirements", "not_understood", "sites"],
}
