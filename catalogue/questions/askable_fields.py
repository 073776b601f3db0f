"""What somebody can be asked about: facts that a person fills in, of a site or of a profile."""

from collections.abc import Mapping

from catalogue.fields import PROFILE_FIELDS, SITE_FIELDS, Field


def facts(fields: tuple[Field, ...]) -> dict[str, Field]:
    return {
        one.key: one for one in fields if one.factual and not one.computed and not one.structural
    }


OF_SITE: Mapping[str, Field] = facts(SITE_FIELDS)
OF_PROFILE: Mapping[str, Field] = facts(PROFILE_FIELDS)
ASKABLE: Mapping[str, Field] = {**OF_SITE, **OF_PROFILE}
"""No key is a fact of both, so a key alone says which field is meant."""
