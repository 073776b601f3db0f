"""What must be known of a site before it may be published."""

from catalogue.completeness import applies
from catalogue.errors import Fault, NotReady
from catalogue.fields import SITE, SITE_FIELDS
from catalogue.site import Site
from geo.texts import Text

IDENTITY_KEYS = frozenset({"name_sv", "site_type", "suitable_for", "contact_name", "contact_email"})
"""Level-1 fields of identity: to publish they must be known, not merely asked about."""
BEFORE_PUBLISHING: tuple[str, ...] = tuple(
    field.key
    for field in SITE_FIELDS
    if field.level == 1 and not field.computed and not field.structural
    and (field.factual or field.key in IDENTITY_KEYS)
)  # fmt: skip


def lacking(site: Site) -> list[str]:
    """The keys that must be filled in, or asked about, before the site may be published."""
    missing = [
        key
        for key in BEFORE_PUBLISHING
        if applies(SITE[key], site.values)
        and key not in site.values
        and (key in IDENTITY_KEYS or key not in site.provenance)
    ]
    return missing if site.outline is not None else ["outline", *missing]


def ready_to_publish(site: Site) -> None:
    missing = lacking(site)
    if missing:
        raise NotReady(
            [
                Fault(
                    key,
                    Text(
                        "{label} saknas. Fyll i, eller ange vem som är tillfrågad.",
                        "{label} is missing. Fill it in, or say who has been asked.",
                    ).format(label=SITE[key].label),
                )
                for key in missing
            ],
            Text(
                "Platsen kan inte publiceras än. Det här saknas:",
                "The site cannot be published yet. This is missing:",
            ),
        )
