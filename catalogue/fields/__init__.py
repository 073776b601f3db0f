"""The field registry: every field of a site and of a municipality's profile, declared once.

The API, the filter, the form, the exports, completeness and the data dictionary are made from it.
A new field is one entry here and one migration.
"""

from catalogue.fields.field import MEASURED_THEMES, THEMES, Code, Field, Theme, Value, Visibility
from catalogue.fields.identity import IDENTITY_FIELDS
from catalogue.fields.land import LAND_FIELDS
from catalogue.fields.permits import PERMIT_FIELDS
from catalogue.fields.plan import PLAN_FIELDS
from catalogue.fields.power import POWER_FIELDS
from catalogue.fields.profile import PROFILE_FIELDS
from catalogue.fields.transport import TRANSPORT_FIELDS
from catalogue.fields.water import WATER_FIELDS

__all__ = [
    "MEASURED_THEMES", "PROFILE", "PROFILE_FIELDS", "SITE", "SITE_FIELDS", "THEMES",
    "Code", "Field", "Theme", "Value", "Visibility",
]  # fmt: skip

SITE_FIELDS: tuple[Field, ...] = (
    *IDENTITY_FIELDS,
    *LAND_FIELDS,
    *PLAN_FIELDS,
    *POWER_FIELDS,
    *WATER_FIELDS,
    *TRANSPORT_FIELDS,
    *PERMIT_FIELDS,
)
SITE: dict[str, Field] = {field.key: field for field in SITE_FIELDS}
PROFILE: dict[str, Field] = {field.key: field for field in PROFILE_FIELDS}
