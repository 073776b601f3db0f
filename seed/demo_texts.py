"""Descriptions of example sites, written from what the site says; no sentence without a fact."""

from collections.abc import Mapping
from random import Random

from catalogue.fields import Value
from catalogue.fields.field import Record
from seed.demo_grounds import Ground
from seed.demo_land import HEAVY_USES

HARD = "\N{NO-BREAK SPACE}"
Pair = tuple[str, str]
"""A sentence in Swedish and in English."""

OPENINGS: dict[str, tuple[Pair, ...]] = {
    "greenfield": (
        (
            (
                "Området ligger vid {locality} i {kommun} och är på {ha}, i dag produktionsskog på "
                "fast mark."
            ),
            (
                "The site lies at {locality} in the municipality of {name}: {ha}, at present managed "
                "forest on firm ground."
            ),
        ),
        (
            "{ha} obebyggd mark utanför {locality}, samlad på ett ställe och utan bostäder inpå.",
            (
                "{ha} of undeveloped land outside {locality}, in one place and with no housing close "
                "by."
            ),
        ),
        (
            "Ny mark för industri vid {locality}: {ha} i {kommun}, till största delen plan tallmo.",
            (
                "New land for industry at {locality}: {ha} in the municipality of {name}, mostly level "
                "pine heath."
            ),
        ),
    ),
    "brownfield": (
        (
            "Tidigare industrimark i {locality} på {ha}, där vägar och ledningar redan finns.",
            (
                "Former industrial land in {locality} of {ha}, where roads and mains are already "
                "there."
            ),
        ),
        (
            "Här har det drivits industri i generationer. {ha} i {locality} kan nu användas igen.",
            (
                "Industry has been at work here for generations. {ha} in {locality} can now be used "
                "again."
            ),
        ),
    ),
    "existing_building": (
        (
            "En tom industrilokal med tillhörande mark, sammanlagt {ha}, i {locality} i {kommun}.",
            (
                "A vacant industrial building with its land, {ha} in all, in {locality} in the "
                "municipality of {name}."
            ),
        ),
        (
            "Verkstadslokaler i {locality} med plats att bygga ut; hela fastigheten är på {ha}.",
            "Workshop buildings in {locality} with room to extend; the whole property is {ha}.",
        ),
    ),
    "park_expansion": (
        (
            (
                "Nästa etapp av verksamhetsområdet i {locality}: {ha} intill de företag som redan "
                "finns där."
            ),
            (
                "The next stage of the business park in {locality}: {ha} beside the companies already "
                "there."
            ),
        ),
        (
            (
                "Verksamhetsområdet i {locality} växer med {ha} i direkt anslutning till gata och "
                "ledningar."
            ),
            "The business park in {locality} grows by {ha}, next to existing street and mains.",
        ),
    ),
}
PLANS: dict[str, Pair] = {
    "ingen": (
        "Marken är inte planlagd och kommunen prövar först om läget är rätt.",
        (
            "The land is not planned, and the municipality is first testing whether the place is "
            "right."
        ),
    ),
    "op": (
        "Översiktsplanen pekar ut området för verksamheter.",
        "The comprehensive plan designates the area for business.",
    ),
    "planbesked": (
        "Kommunen har lämnat positivt planbesked.",
        "The municipality has given a positive planning notice.",
    ),
    "uppdrag": (
        "Arbetet med detaljplanen är beställt.",
        "Work on the detailed plan has been commissioned.",
    ),
    "samrad": (
        "Detaljplanen har varit på samråd.",
        "The detailed plan has been out for consultation.",
    ),
    "granskning": (
        "Detaljplanen är ute på granskning, det sista steget före antagande.",
        "The detailed plan is out for review, the last step before adoption.",
    ),
    "antagen": (
        "Detaljplanen är antagen och väntar på laga kraft.",
        "The detailed plan is adopted and about to come into force.",
    ),
    "overklagad": (
        "Detaljplanen är antagen men överklagad.",
        "The detailed plan is adopted but under appeal.",
    ),
    "laga_kraft": (
        "Detaljplanen har laga kraft och medger industri.",
        "The detailed plan is in force and permits industry.",
    ),
}
POWER_TOLD: tuple[Pair, ...] = (
    (
        "{owner} räknar med {mw} från {year}.",
        "{owner} expects {mw} from {year}.",
    ),
    (
        "Elnätet kan ge {mw} från {year}, enligt {owner}.",
        "The grid can give {mw} from {year}, says {owner}.",
    ),
)
POWER_ASKED: Pair = (
    "Frågan om effekt är ställd till {owner}.",
    "{owner} has been asked about power.",
)
RAIL_NEAR: Pair = (
    "Järnvägen går {km} bort och ett spår in på området är möjligt.",
    "The railway is {km} away and a siding into the site is possible.",
)
ENDINGS_HEAVY: tuple[Pair, ...] = (
    (
        "Läget passar verksamhet som tar plats, låter och går dygnet runt.",
        "The place suits activities that take space, make noise and run round the clock.",
    ),
    (
        "Skyddsavstånden räcker för tillståndspliktig industri.",
        "Distances to neighbours are enough for industry that needs a permit.",
    ),
)
ENDINGS_LIGHT: tuple[Pair, ...] = (
    (
        "Marken kan bebyggas i etapper efter vad ett företag behöver.",
        "The land can be built on in stages, as a company needs it.",
    ),
    (
        "Kommunen håller i markfrågan och svarar på frågor inom två arbetsdagar.",
        "The municipality handles the land and answers questions within two working days.",
    ),
)


def described(ground: Ground, values: Mapping[str, Value], random: Random, most: int = 5) -> Pair:
    """At most so many sentences in each language, 80–600 characters."""
    sentences = [
        filled(
            random.choice(OPENINGS[ground.site_type]),
            locality=ground.locality,
            name=ground.municipality,
            kommun=f"{genitive(ground.municipality)} kommun",
            ha=f"{max(1, round(ground.area_ha))}{HARD}ha",
        ),
        PLANS[str(values["detaljplan_status"])],
        power(values, random),
    ]
    if values.get("rail_siding") == "feasible":
        km = f"{ground.rail_km:.1f}{HARD}km"
        sentences.append((RAIL_NEAR[0].format(km=km.replace(".", ",")), RAIL_NEAR[1].format(km=km)))
    heavy = not HEAVY_USES.isdisjoint(ground.suitable_for)
    sentences.append(random.choice(ENDINGS_HEAVY if heavy else ENDINGS_LIGHT))
    told = sentences[:most]
    return " ".join([one[0] for one in told]), " ".join([one[1] for one in told])


def power(values: Mapping[str, Value], random: Random) -> Pair:
    owner = str(values["grid_owner_local"])
    timeline = values.get("power_timeline")
    last: Record | None = (
        timeline[-1] if isinstance(timeline, list) and isinstance(timeline[-1], dict) else None
    )
    if last is None:
        return filled(POWER_ASKED, owner=owner)
    mw = f"{float(str(last['mw'])):.0f}{HARD}MW"
    return filled(random.choice(POWER_TOLD), owner=owner, mw=mw, year=str(last["year"]))


def filled(pair: Pair, **words: str) -> Pair:
    return pair[0].format(**words), pair[1].format(**words)


def genitive(name: str) -> str:
    """`Söderhamns`, `Gävle`, `Hofors`: an s only after a consonant that is not one already."""
    return name if name[-1] in "aeiouyåäösxz" else f"{name}s"
