"""The parts of the OpenAPI document that are about hours."""

from api.v1.documentation import Schema, body
from catalogue.hours.locks import LONGEST_REASON

MOST_AT_ONCE = 500
"""Entries in one request."""

ENTRY: Schema = {
    "type": "object",
    "properties": {
        "municipality": {"type": "string", "description": "Code; one's own if left out"},
        "month": {"type": "string", "description": "A month of the project, such as 2026-05"},
        "role": {"type": "string", "maxLength": 80},
        "person": {"type": "string", "maxLength": 80},
        "hours": {
            "type": "number",
            "multipleOf": 0.5,
            "minimum": -744,
            "maximum": 744,
            "description": "Half hours; negative takes earlier hours back and needs a note",
        },
        "activity": {
            "type": "string",
            "description": "A code of `GET hours/activities` that is offered",
        },
        "sites": {"type": "array", "items": {"type": "string"}, "maxItems": 50},
        "note": {"type": "string", "maxLength": 500},
    },
    "required": ["month", "role", "hours", "activity"],
    "additionalProperties": False,
}
EXAMPLE: Schema = {
    "municipality": "2183",
    "month": "2026-05",
    "role": "Näringslivsutvecklare",
    "hours": 3.5,
    "activity": "grid_contact",
}
MANY: Schema = {
    "type": "object",
    "description": "Several at once: all of them or none",
    "properties": {"entries": {"type": "array", "items": ENTRY, "maxItems": MOST_AT_ONCE}},
    "required": ["entries"],
    "additionalProperties": False,
}
ENTRY_BODY: Schema = body({"oneOf": [ENTRY, MANY]}, EXAMPLE)

MONTH: Schema = {"type": "string", "description": "A month, such as 2026-05"}
CODE: Schema = {"type": "string", "description": "A municipality's code"}
ATTEST_BODY = body(
    {
        "type": "object",
        "properties": {
            "municipality": CODE,
            "month": MONTH,
            "entries": {
                "type": "array",
                "items": {"type": "integer"},
                "description": "Some of the month's entries; all that wait if left out",
            },
        },
        "required": ["month"],
        "additionalProperties": False,
    },
    {"municipality": "2183", "month": "2026-05"},
)
CORRECTION_BODY = body(
    {
        "type": "object",
        "properties": {
            **{
                key: ENTRY["properties"][key]
                for key in ("month", "role", "person", "activity", "sites")
            },
            "hours": {"type": "number", "minimum": 0, "multipleOf": 0.5,
                      "description": "What it should have been; 0 takes it all back"},
            "note": {"type": "string", "maxLength": 500, "description": "What was wrong"},
        },
        "required": ["hours", "note"],
        "additionalProperties": False,
    },
    {"hours": 2.5, "note": "Skrevs in två gånger"},
)  # fmt: skip
LOCK_BODY = body(
    {
        "type": "object",
        "properties": {
            "municipality": {**CODE, "description": "A municipality's code; all if left out"},
            "month": {**MONTH, "description": "The last month, such as 2026-06"},
            "from": {**MONTH, "description": "The first month; the same as the last if left out"},
            "locked": {"type": "boolean", "description": "false unlocks, and needs a reason"},
            "reason": {"type": "string", "maxLength": LONGEST_REASON},
        },
        "required": ["month", "locked"],
        "additionalProperties": False,
    },
    {"from": "2026-04", "month": "2026-06", "locked": True, "reason": "Lägesrapport 8"},
)
NAME_BODY = body(
    {
        "type": "object",
        "properties": {"name": {"type": "string"}, "municipality": CODE},
        "required": ["name"],
        "additionalProperties": False,
    },
    {"name": "Anna Prov"},
)
