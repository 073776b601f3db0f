"""The parts of the OpenAPI document that are about imports."""

from api.v1.documentation import Schema

FINDING: Schema = {
    "type": "object",
    "properties": {
        "sheet": {"type": "string"},
        "row": {"type": "integer"},
        "cell": {"type": "string", "description": "Such as F7; empty for a whole row"},
        "field": {"type": "string", "description": "The field's key; empty where it is about none"},
        "label": {"type": ["string", "null"]},
        "reference": {"type": "string"},
        "given": {"type": "string", "description": "What stands in the cell"},
        "text": {"type": "string", "description": "What is wrong, and why"},
        "mend": {"type": "string", "description": "What to do about it"},
    },
}
COUNTS: Schema = {
    "type": "object",
    "properties": {
        name: {"type": "integer"}
        for name in ("new", "changed", "unchanged", "refused", "fields", "faults", "warnings")
    },
}
CHANGE: Schema = {
    "type": "object",
    "properties": {
        "field": {"type": "string"},
        "sheet": {"type": "string"},
        "cell": {"type": "string"},
        "old": {"description": "The value as it is; null for none"},
        "new": {"description": "The value as it would be; hectares for the outline"},
        "old_behind": {"type": ["object", "null"]},
        "new_behind": {"type": ["object", "null"]},
    },
}
REPORT: Schema = {
    "type": ["object", "null"],
    "properties": {
        "counts": COUNTS,
        "notes": {"type": "array", "items": {"type": "string"}},
        "faults": {"type": "array", "items": FINDING},
        "warnings": {"type": "array", "items": FINDING},
        "sites": {
            "type": "array",
            "description": "Those that are new, changed or refused",
            "items": {
                "type": "object",
                "properties": {
                    "sheet": {"type": "string"},
                    "row": {"type": "integer"},
                    "reference": {"type": "string"},
                    "name": {"type": "string"},
                    "outcome": {"type": "string", "enum": ["new", "changed", "refused"]},
                    "changes": {"type": "array", "items": CHANGE},
                    "changed_fields": {"type": "integer"},
                },
            },
        },
    },
}
IMPORT: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "municipality": {"type": "string"},
        "file": {"type": "string"},
        "kind": {"type": "string", "enum": ["xlsx", "csv", "geojson", "geodata"]},
        "dry_run": {"type": "boolean"},
        "state": {
            "type": "string",
            "enum": ["waiting", "reading", "checked", "confirmed", "writing", "done", "refused"],
        },
        "may_be_confirmed": {"type": "boolean"},
        "rows_done": {"type": "integer"},
        "rows_total": {"type": "integer"},
        "refusal": {"type": ["string", "null"], "description": "Why the whole file was refused"},
        "counts": {**COUNTS, "type": ["object", "null"]},
        "created_at": {"type": "string", "format": "date-time"},
        "ended_at": {"type": ["string", "null"], "format": "date-time"},
        "report": REPORT,
    },
}
EXAMPLE: Schema = {
    "id": 12,
    "municipality": "2183",
    "file": "platser.xlsx",
    "kind": "xlsx",
    "dry_run": True,
    "state": "refused",
    "may_be_confirmed": False,
    "rows_done": 14,
    "rows_total": 14,
    "refusal": None,
    "counts": {
        "new": 1, "changed": 2, "unchanged": 10, "refused": 1, "fields": 5, "faults": 1,
        "warnings": 0,
    },
    "created_at": "2026-11-02T09:00:00Z",
    "ended_at": "2026-11-02T09:00:02Z",
    "report": {
        "counts": {
            "new": 1, "changed": 2, "unchanged": 10, "refused": 1, "fields": 5, "faults": 1,
            "warnings": 0,
        },
        "notes": [],
        "faults": [
            {
                "sheet": "Platser",
                "row": 7,
                "cell": "T7",
                "field": "area_net_ha",
                "label": "Developable area",
                "reference": "GVB-2183-003",
                "given": "70",
                "text": "Developable area (70 ha) is larger than gross area (50 ha). Change one "
                "of them.",
                "mend": "Write it like this: A number, for example 12.5.",
            }
        ],
        "warnings": [],
        "sites": [
            {
                "sheet": "Platser",
                "row": 5,
                "reference": "GVB-2183-001",
                "name": "Häggesta",
                "outcome": "changed",
                "changed_fields": 1,
                "changes": [
                    {
                        "field": "power_now_mw",
                        "sheet": "Platser",
                        "cell": "AH5",
                        "old": 10,
                        "new": 25,
                        "old_behind": {"state": "known", "basis": "municipality"},
                        "new_behind": {"state": "known", "basis": "utility_written"},
                    }
                ],
            }
        ],
    },
}  # fmt: skip
CONTENT: Schema = {"application/json": {"schema": IMPORT, "example": EXAMPLE}}
IMPORT_ANSWER: Schema = {"200": {"description": "The import", "content": CONTENT}}
STARTED: Schema = {
    "202": {
        "description": "The worker has it; ask for it again at `Location`",
        "headers": {"Location": {"schema": {"type": "string"}}},
        "content": CONTENT,
    }
}
FILE: Schema = {"type": "string", "format": "binary"}
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOAD_BODY: Schema = {
    "required": True,
    "description": "XLSX, CSV, GeoJSON, GeoPackage, zipped Shapefile, KML or DXF. The type is told "
    "by the content.",
    "content": {
        "multipart/form-data": {
            "schema": {"type": "object", "properties": {"file": FILE}, "required": ["file"]}
        },
        WORKBOOK: {"schema": FILE},
        "text/csv": {"schema": {"type": "string"}},
        "application/geo+json": {"schema": {"type": "object"}},
        "application/octet-stream": {"schema": FILE},
    },
}
TEMPLATE_ANSWER: Schema = {
    "200": {"description": "The file", "content": {WORKBOOK: {"schema": FILE}}}
}
