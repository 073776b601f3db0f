"""The parts of the OpenAPI document that are made from the field registry."""

from typing import Any

from catalogue.fields import SITE, SITE_FIELDS, Field
from catalogue.fields.field import Column

Schema = dict[str, Any]
"""A JSON schema; Any: JSON."""

SIMPLE: dict[str, Schema] = {
    "text": {"type": "string"},
    "long_text": {"type": "string"},
    "link": {"type": "string", "format": "uri"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
    "flag": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
    "span": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
    "outline": {"type": "object"},
}
PROVENANCE_PARTS: Schema = {
    "state": {"type": "string", "enum": ["known", "unknown", "not_applicable"]},
    "basis": {
        "type": "string",
        "enum": [
            "estimate", "municipality", "utility_verbal", "utility_written", "authority",
            "signed_agreement",
        ],
    },
    "as_of": {"type": "string", "format": "date"},
    "source": {"type": "string", "maxLength": 500},
    "asked": {"type": "string", "maxLength": 500},
    "asked_on": {"type": "string", "format": "date"},
    "visibility": {"type": "string", "enum": ["public", "registered", "internal"]},
}  # fmt: skip


def value_schema(field: Field) -> Schema:
    """The bare value of a field."""
    if field.kind == "code":
        return {"type": "string", "enum": [entry.code for entry in field.codes]}
    if field.kind == "codes":
        codes = [entry.code for entry in field.codes]
        return {"type": "array", "items": {"type": "string", "enum": codes}}
    if field.kind == "integers":
        return {"type": "array", "items": {"type": "integer", "enum": list(field.choices)}}
    if field.kind == "records":
        return {"type": "array", "items": record_schema(field.columns)}
    schema = dict(SIMPLE[field.kind])
    if field.kind in ("number", "integer"):
        limits = {"minimum": field.minimum, "maximum": field.maximum}
    elif field.kind in ("text", "long_text"):
        limits = {"minLength": field.minimum, "maxLength": field.maximum}
    else:
        limits = {}
    return schema | {name: limit for name, limit in limits.items() if limit is not None}


def record_schema(columns: tuple[Column, ...]) -> Schema:
    return {
        "type": "object",
        "properties": {column.key: SIMPLE[column.kind] for column in columns},
        "required": [column.key for column in columns if column.required],
    }


def field_schema(field: Field) -> Schema:
    """What may be sent for a field: the value alone, with its provenance, or null."""
    unit = f" ({field.unit.en})" if field.unit.en else ""
    value = value_schema(field)
    described = {"description": f"{field.label.en}{unit}. {field.help.en}"}
    if not field.factual:
        return {**described, "anyOf": [value, {"type": "null"}]}
    with_provenance = {
        "type": "object",
        "properties": {"value": value, **PROVENANCE_PARTS},
        "additionalProperties": False,
    }
    return {**described, "anyOf": [value, with_provenance, {"type": "null"}]}


def writable() -> Schema:
    fields = [field for field in SITE_FIELDS if not field.structural and not field.computed]
    return {field.key: field_schema(field) for field in fields} | {
        "outline": {
            "description": f"{SITE['outline'].help.en} GeoJSON, WGS 84, longitude first.",
            "type": "object",
        }
    }


def body(schema: Schema, example: Schema, media_type: str = "application/json") -> Schema:
    return {"required": True, "content": {media_type: {"schema": schema, "example": example}}}


EXAMPLE_VALUE: Schema = {
    "value": 120,
    "state": "known",
    "basis": "utility_written",
    "as_of": "2026-05-01",
    "source": "Ellevio",
}
EXAMPLE_UNKNOWN: Schema = {"state": "unknown", "asked": "Ellevio", "asked_on": "2026-03-12"}

SITE_BODY = body(
    {
        "type": "object",
        "properties": {"municipality": {"type": "string"}, **writable()},
        "required": ["municipality"],
        "additionalProperties": False,
    },
    {
        "municipality": "2183",
        "name_sv": "Häggesta industripark",
        "power_now_mw": EXAMPLE_VALUE,
        "sewage_m3_day": EXAMPLE_UNKNOWN,
    },
)
CHANGES = body(
    {"type": "object", "properties": writable(), "additionalProperties": False},
    {"power_now_mw": EXAMPLE_VALUE, "sewage_m3_day": EXAMPLE_UNKNOWN},
    "application/merge-patch+json",
)
TRANSITION_BODY = body(
    {
        "type": "object",
        "properties": {
            "to": value_schema(SITE["status"]),
            "reason": {
                "type": "string",
                "maxLength": 300,
                "description": "Needed to send back, reserve and withdraw",
            },
            "reserved_until": {
                "type": "string",
                "format": "date",
                "description": "Needed to reserve: the last day, at most five years ahead",
            },
        },
        "required": ["to"],
        "additionalProperties": False,
    },
    {"to": "in_review"},
)
CREATED: Schema = {
    "201": {
        "description": "The new draft",
        "headers": {
            "Location": {"schema": {"type": "string"}},
            "ETag": {"schema": {"type": "string"}},
        },
    }
}
