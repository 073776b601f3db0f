"""Names of places that could be in Norrland's south, made up of what such names are made of."""

from random import Random

from geo.texts import Text

STEMS = (
    "Björk", "Gran", "Tall", "Ås", "Kvarn", "Sjö", "Ny", "Hag", "Ek", "Sten", "Hed", "Lund", "Myr",
    "Fors", "Ål", "Rönn", "Get", "Älg", "Orr", "Tjäder", "Krok", "Lång", "Bred", "Hammar", "Kol",
    "Tjär", "Flat", "Skog", "Häll", "Finn", "Mat", "Per",
)  # fmt: skip
ENDINGS = (
    "bo", "by", "sta", "berg", "dal", "mo", "näs", "vik", "åker", "fors", "tjärn", "hult", "backa",
    "änge", "sele", "vallen", "arna", "säter",
)  # fmt: skip
SIDES = (
    Text("Norra ", "North "), Text("Södra ", "South "), Text("Östra ", "East "),
    Text("Västra ", "West "), Text("", ""), Text("", ""),
)  # fmt: skip
KINDS = {
    "greenfield": (Text("industripark", "Industrial Park"), Text("etableringsmark", "Land")),
    "brownfield": (Text("bruksmark", "Works Estate"), Text("industriområde", "Industrial Estate")),
    "existing_building": (Text("verkstadspark", "Workshops"), Text("fabrik", "Factory")),
    "park_expansion": (Text("verksamhetspark", "Business Park"), Text("logistikpark", "Logistics Park")),
}  # fmt: skip
SITE_TYPES = (
    ("greenfield",) * 5 + ("brownfield",) * 2 + ("park_expansion",) * 2 + ("existing_building",)
)
USES = (
    ("data_centre", "battery", "hydrogen"), ("heavy_industry", "green_steel"),
    ("logistics", "food"), ("wood_bio", "heavy_industry"), ("logistics", "energy_storage"),
    ("data_centre", "energy_storage"), ("food", "other"), ("hydrogen", "green_steel", "battery"),
    ("logistics",), ("wood_bio", "energy_storage", "hydrogen"),
)  # fmt: skip


def locality(random: Random) -> str:
    return random.choice(STEMS) + random.choice(ENDINGS)


def name(locality: str, site_type: str, random: Random) -> Text:
    side, kind = random.choice(SIDES), random.choice(KINDS[site_type])
    owner = locality if locality[-1] == "s" else f"{locality}s"
    return Text(f"{side.sv}{owner} {kind.sv}", f"{locality} {side.en}{kind.en}")
