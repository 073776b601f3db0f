"""The ground: height, soil, what threatens or protects it, and what work has been done."""

from catalogue.fields.field import METRES, PER_CENT, Field, codes
from geo.texts import Text

GROUND_FIELDS: tuple[Field, ...] = (
    Field(
        key="elevation_m",
        theme="land",
        kind="number",
        label=Text("Höjd över havet", "Height above sea level"),
        help=Text(
            "Områdets medelhöjd i meter i höjdsystemet RH 2000. Kart- och mätavdelningen vet.",
            "The mean height of the site in metres, in RH 2000. The survey department knows.",
        ),
        unit=METRES,
        minimum=0,
        maximum=700,
        decimals=0,
        level=2,
    ),
    Field(
        key="slope_pct",
        theme="land",
        kind="number",
        better="less",
        label=Text("Lutning", "Slope"),
        help=Text(
            "Medellutningen på ytan som kan bebyggas, i procent. Kart- och mätavdelningen vet.",
            "The mean slope of the developable area, in per cent. The survey department knows.",
        ),
        unit=PER_CENT,
        minimum=0,
        maximum=40,
        level=2,
    ),
    Field(
        key="soil",
        theme="land",
        kind="code",
        label=Text("Jordart", "Soil"),
        help=Text(
            "Den jordart som dominerar. SGU:s jordartskarta eller den geotekniska "
            "utredningen svarar.",
            "The soil that dominates. The SGU soil map or the geotechnical study tells.",
        ),
        codes=codes(
            ("rock", "Berg", "Rock"),
            ("till", "Morän", "Till"),
            ("sand_gravel", "Sand och grus", "Sand and gravel"),
            ("clay_silt", "Lera och silt", "Clay and silt"),
            ("peat", "Torv", "Peat"),
            ("fill", "Fyllning", "Fill"),
            ("mixed", "Blandat", "Mixed"),
        ),
        level=2,
    ),
    Field(
        key="depth_to_rock_m",
        theme="land",
        kind="number",
        label=Text("Djup till berg", "Depth to rock"),
        help=Text(
            "Vanligaste djupet till fast berg i meter, enligt den geotekniska utredningen.",
            "The usual depth to solid rock in metres, from the geotechnical study.",
        ),
        unit=METRES,
        minimum=0,
        maximum=60,
        level=3,
    ),
    Field(
        key="geotech",
        theme="land",
        kind="code",
        better="more",
        label=Text("Geoteknisk utredning", "Geotechnical study"),
        help=Text(
            "Hur väl grunden är undersökt. Bifoga gärna utredningen bland dokumenten.",
            "How well the ground has been studied. Add the report to the documents if you can.",
        ),
        codes=codes(
            ("none", "Ingen", "None"),
            ("desk", "Skrivbordsstudie", "Desk study"),
            ("field", "Fältundersökning", "Field survey"),
            ("full", "Fullständig utredning", "Full study"),
        ),
        ordered=True,
        level=2,
    ),
    Field(
        key="flood_risk",
        theme="land",
        kind="code",
        label=Text("Översvämningsrisk", "Flood risk"),
        help=Text(
            "Det svåraste som kan nå området enligt de nationella översvämningskartorna "
            "eller kommunens egna. Planavdelningen vet.",
            "The worst that can reach the site, by the national flood maps "
            "or the municipality's own. The planning department knows.",
        ),
        codes=codes(
            ("none", "Ingen känd risk", "No known risk"),
            ("100_year", "100-årsflöde", "100-year flood"),
            ("extreme_flow", "Beräknat högsta flöde", "Extreme flow"),
            ("sea_level", "Höjd havsnivå", "Sea level"),
        ),
    ),
    Field(
        key="contamination",
        theme="land",
        kind="code",
        label=Text("Markföroreningar", "Contamination"),
        help=Text(
            "Vad som är känt om föroreningar. Miljökontoret eller länsstyrelsens EBH-stöd svarar.",
            "What is known about contamination. "
            "The environment office or the county register tells.",
        ),
        codes=codes(
            ("none_known", "Inga kända", "None known"),
            ("listed", "Misstänkta, i EBH-stödet", "Listed as suspected"),
            ("investigated", "Undersökta", "Investigated"),
            ("remediated", "Sanerade", "Remediated"),
        ),
    ),
    Field(
        key="protected_overlap",
        theme="land",
        kind="codes",
        label=Text("Skydd inom området", "Protection within the outline"),
        help=Text(
            "Alla skydd som berör området. Välj inget skydd först när planavdelningen "
            "eller länsstyrelsen har kontrollerat det.",
            "All protection that touches the outline. "
            "Choose none only when the planning department "
            "or the county board has checked.",
        ),
        codes=codes(
            ("none", "Inget skydd", "None"),
            ("natura_2000", "Natura 2000", "Natura 2000"),
            ("nature_reserve", "Naturreservat", "Nature reserve"),
            ("national_interest", "Riksintresse", "National interest"),
            ("shore_protection", "Strandskydd", "Shore protection"),
            ("water_protection", "Vattenskyddsområde", "Water protection area"),
            ("ancient_monument", "Fornlämning", "Ancient monument"),
        ),
    ),
    Field(
        key="earthworks",
        theme="land",
        kind="code",
        better="more",
        label=Text("Markarbeten", "Earthworks"),
        help=Text(
            "Hur långt marken är iordningställd på den del som ska bebyggas först.",
            "How far the ground has been prepared where building would start.",
        ),
        codes=codes(
            ("forest", "Skogsmark", "Forest"),
            ("cleared", "Avverkad", "Cleared"),
            ("rough_graded", "Grovplanerad", "Rough graded"),
            ("pad_ready", "Färdig att bygga på", "Pad ready"),
        ),
        ordered=True,
        level=2,
    ),
)
