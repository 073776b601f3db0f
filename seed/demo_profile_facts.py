"""What the example profiles of the ten municipalities are written from: rounded working values."""

from typing import NamedTuple

from geo.texts import Text


class ProfileFacts(NamedTuple):
    """Figures are rounded and unchecked; the profile marks them as estimates."""

    character: Text
    wanted: Text
    industries: tuple[tuple[str, int], ...]
    train: str
    working_age_pct: float
    unemployment_pct: float
    tertiary_pct: float
    tax_rate_pct: float
    in_force_ha: float
    in_progress_ha: float
    reserve_ha: float
    homes: int
    beds: int
    programmes: tuple[str, ...]
    heat: str


FACTS: dict[str, ProfileFacts] = {
    "2101": ProfileFacts(
        Text("Skogskommun mellan Gävle och Hälsingland, med Norra stambanan genom centralorten",
             "A forest municipality between Gävle and Hälsingland, with the northern main line "
             "through its main town"),
        Text("träförädling, datacenter och energilager", "wood processing, data centres and energy "
             "storage"),
        (("Tillverkning", 500), ("Vård och omsorg", 450), ("Skogsbruk", 150), ("Handel", 160)),
        "Tåg till Gävle på omkring en halvtimme, flera turer per dag.",
        53.0, 6.5, 22.0, 34.3, 18, 60, 120, 60, 90, ("Industritekniska programmet",),
        "Fliseldad fjärrvärme i Ockelbo tätort.",
    ),
    "2104": ProfileFacts(
        Text("Stålkommun vid Bergslagsbanan och E16, med industri sedan 1600-talet",
             "A steel municipality on the Bergslagen railway and the E16, with industry since the "
             "seventeenth century"),
        Text("stål, metall och verksamheter som tar hand om restvärme",
             "steel, metals and activities that use waste heat"),
        (("Tillverkning", 1700), ("Vård och omsorg", 800), ("Handel", 260), ("Bygg", 200)),
        "Tåg till Gävle och Falun ungefär varannan timme.",
        52.5, 8.5, 21.0, 34.4, 34, 45, 90, 40, 120,
        ("Industritekniska programmet", "El- och energiprogrammet"),
        "Fjärrvärmenätet tar emot restvärme från stålverket.",
    ),
    "2121": ProfileFacts(
        Text("Småföretagarkommun i Voxnadalen, känd för möbler, verkstad och skogsmaskiner",
             "A municipality of small companies in the Voxnan valley, known for furniture, "
             "engineering and forest machines"),
        Text("träindustri, verkstad och livsmedel", "timber, engineering and food"),
        (("Tillverkning", 1500), ("Vård och omsorg", 900), ("Bygg", 350), ("Handel", 380)),
        "Buss till Bollnäs med anslutning till tåg; ingen persontrafik på järnväg.",
        52.0, 4.5, 22.0, 34.0, 40, 50, 150, 50, 150,
        ("Industritekniska programmet", "Bygg- och anläggningsprogrammet"),
        "Biobränsleeldad fjärrvärme i Edsbyn och Alfta.",
    ),
    "2132": ProfileFacts(
        Text("Kust- och skogskommun vid E4 och Ostkustbanan, närmast Sundsvall",
             "A coastal forest municipality on the E4 and the East Coast line, next to Sundsvall"),
        Text("energikrävande industri vid E4 och lager", "power-intensive industry by the E4 and "
             "warehousing"),
        (("Vård och omsorg", 850), ("Tillverkning", 620), ("Handel", 300), ("Bygg", 280)),
        "Tåg från Gnarp till Sundsvall och Hudiksvall.",
        51.0, 6.0, 21.0, 34.5, 25, 120, 200, 70, 400, ("Yrkesutbildning i Hudiksvall",),
        "Mindre fjärrvärmenät i Bergsjö.",
    ),
    "2161": ProfileFacts(
        Text("Länets största kommun till ytan, med Norra stambanan, skogsbruk och besöksnäring",
             "The county's largest municipality by area, with the northern main line, forestry and "
             "tourism"),
        Text("datacenter, bioprodukter och livsmedel", "data centres, bio-products and food"),
        (("Vård och omsorg", 1900), ("Tillverkning", 850), ("Handel", 900), ("Skogsbruk", 420)),
        "Tåg söderut mot Gävle och norrut mot Östersund flera gånger per dag.",
        52.0, 6.5, 24.0, 34.5, 46, 70, 260, 110, 1400,
        ("Naturbruksprogrammet", "Industritekniska programmet"),
        "Fjärrvärme i Ljusdal, eldad med trädbränslen.",
    ),
    "2180": ProfileFacts(
        Text("Länets residensstad med djuphamn, högskola och korsningen mellan E4, E16 och järnväg",
             "The county town, with a deep-water port, a university college and the crossing of "
             "the E4, the E16 and the railways"),
        Text("logistik, vätgas, batterier och datacenter", "logistics, hydrogen, batteries and "
             "data centres"),
        (("Vård och omsorg", 9800), ("Handel", 6200), ("Tillverkning", 5200), ("Transport", 3300)),
        "Tåg till Stockholm på omkring en och en halv timme, minst en gång i timmen.",
        56.5, 8.5, 34.0, 33.8, 160, 320, 600, 4200, 3200,
        ("Teknikprogrammet", "El- och energiprogrammet", "Yrkeshögskola i automation"),
        "Stort fjärrvärmenät med restvärme från pappersbruk.",
    ),
    "2181": ProfileFacts(
        Text("Industrikommun med världsledande stålbolag, mitt på stråket mellan Gävle och Falun",
             "An industrial municipality with world-leading steel, midway between Gävle and Falun"),
        Text("avancerad tillverkning, grönt stål och vätgas", "advanced manufacturing, green steel "
             "and hydrogen"),
        (("Tillverkning", 6900), ("Vård och omsorg", 3300), ("Handel", 1300), ("Teknik", 1100)),
        "Tåg till Gävle på en kvart, ungefär en gång i timmen.",
        54.0, 9.0, 29.0, 33.8, 75, 190, 340, 900, 700,
        ("Teknikprogrammet", "Industritekniska programmet", "Yrkeshögskola i metall"),
        "Fjärrvärme i Sandviken, till stor del ur restvärme.",
    ),
    "2182": ProfileFacts(
        Text("Hamnstad vid E4 och Ostkustbanan, med gott om tidigare industrimark",
             "A port town on the E4 and the East Coast line, with plenty of former industrial "
             "land"),
        Text("tung industri, skogskemi och hamnlogistik", "heavy industry, wood chemistry and port "
             "logistics"),
        (("Vård och omsorg", 2500), ("Tillverkning", 1500), ("Handel", 1000), ("Transport", 500)),
        "Tåg till Gävle på en dryg halvtimme.",
        53.0, 10.0, 24.0, 34.0, 90, 210, 420, 180, 520,
        ("Industritekniska programmet", "Fordons- och transportprogrammet"),
        "Fjärrvärme i Söderhamn, eldad med biobränslen.",
    ),
    "2183": ProfileFacts(
        Text("Järnvägs- och skogskommun vid Norra stambanan och riksväg 83, mitt i Hälsingland",
             "A railway and forest municipality on the northern main line and road 83, in the "
             "middle of Hälsingland"),
        Text("tåg- och fordonsindustri, batterier och träförädling",
             "rail and vehicle industry, batteries and wood processing"),
        (("Vård och omsorg", 3100), ("Tillverkning", 1600), ("Handel", 1300), ("Transport", 700)),
        "Tåg till Gävle på en timme och till Stockholm på två och en halv.",
        53.5, 7.5, 26.0, 33.9, 70, 230, 380, 350, 650,
        ("Industritekniska programmet", "Yrkeshögskola för tågtekniker"),
        "Fjärrvärme i Bollnäs ur avfall och biobränslen.",
    ),
    "2184": ProfileFacts(
        Text("Kuststad med fiberoptik, skogsindustri i Iggesund och hamnen Skärnäs",
             "A coastal town with fibre optics, forest industry in Iggesund and the port of "
             "Skärnäs"),
        Text("fotonik, datacenter, skogsindustri och vätgas", "photonics, data centres, forest "
             "industry and hydrogen"),
        (("Vård och omsorg", 3900), ("Tillverkning", 3000), ("Handel", 1900), ("Teknik", 650)),
        "Tåg till Gävle på en timme och till Sundsvall på fyrtio minuter.",
        53.5, 6.5, 28.0, 34.1, 85, 240, 450, 520, 1100,
        ("Teknikprogrammet", "Industritekniska programmet", "Yrkeshögskola i fiberteknik"),
        "Fjärrvärme i Hudiksvall och Iggesund, delvis restvärme.",
    ),
}  # fmt: skip
