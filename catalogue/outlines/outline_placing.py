"""Where an outline comes to lie: in its municipality, on other things, under which protection."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from catalogue import municipalities
from catalogue.checks import Findings
from catalogue.outlines.outline_surroundings import Surroundings, surroundings
from catalogue.provenance import Provenance
from catalogue.site import Site
from geo.outlines import Outline
from geo.texts import Text


def place(session: Session, site: Site, outline: Outline, findings: Findings) -> Surroundings:
    """Whether the outline lies in the site's municipality, and what it lies on there.

    Elsewhere is refused, partly elsewhere is told, and so is what it overlaps.
    """
    for text in outline.report:
        findings.warn("outline", text)
    share = municipalities.share_inside(session, site.municipality, outline.shape)
    if share < 0.5:
        findings.refuse("outline", municipalities.lies_elsewhere(session, outline.shape))
    elif share < 0.98:
        findings.warn(
            "outline",
            Text(
                "{share} % av området ligger utanför kommunen.",
                "{share} % of the outline lies outside the municipality.",
            ).format(share=round(100 * (1 - share))),
        )
    around = surroundings(session, site.reference, site.municipality, outline.shape)
    for text in around.warnings:
        findings.warn("outline", text)
    return around


def with_protection(site: Site, around: Surroundings, today: date) -> Site:
    """The site with the protection that the layers show, where nobody has said anything of it."""
    key = "protected_overlap"
    if not around.protection or key in site.values or key in site.provenance:
        return site
    sources = ", ".join(dict.fromkeys(one.source for one in around.protected if one.source))
    behind = Provenance(basis="estimate", as_of=today, source=sources)
    return replace(
        site,
        values={**site.values, key: around.protection},
        provenance={**site.provenance, key: behind},
    )
