"""Which demo sites there are: invented areas with plausible names, beside places that exist."""

from typing import NamedTuple


class Wish(NamedTuple):
    """A demo site wanted near a position; `demo_sites` finds land for it there."""

    municipality: str
    name_sv: str
    name_en: str
    locality: str
    longitude: float
    latitude: float
    area_ha: float
    site_type: str
    suitable_for: tuple[str, ...]
    substation: str | None = None
    form: str = "whole"  # whole, divided (two parts beside a road) or hollow (a farm left out)


NEW, OLD, HOUSE, MORE = "greenfield", "brownfield", "existing_building", "park_expansion"
HEAVY, BATTERY, HYDROGEN, STEEL = "heavy_industry", "battery", "hydrogen", "green_steel"
DATA, LOGISTICS, FOOD, WOOD = "data_centre", "logistics", "food", "wood_bio"
STORAGE, OTHER = "energy_storage", "other"

WISHES = [
    Wish("2101", "Ockelbo södra industripark", "Ockelbo South Industrial Park", "Ockelbo",
         16.745, 60.874, 92, NEW, (DATA, BATTERY, HYDROGEN), "SUB-2101-1"),
    Wish("2101", "Åbyggeby sågverkspark", "Åbyggeby Sawmill Park", "Åbyggeby",
         16.665, 60.926, 26, HOUSE, (WOOD, OTHER), "SUB-2101-1"),
    Wish("2101", "Lingbo knutpunkt", "Lingbo Junction", "Lingbo",
         16.705, 61.035, 48, NEW, (LOGISTICS, WOOD, STORAGE), "SUB-2101-1"),
    Wish("2104", "Hofors östra industripark", "Hofors East Industrial Park", "Hofors",
         16.330, 60.556, 78, NEW, (HEAVY, STEEL, HYDROGEN), "SUB-2104-1"),
    Wish("2104", "Hofors västra bruksmark", "Hofors West Works Estate", "Hofors",
         16.245, 60.556, 34, OLD, (HEAVY, BATTERY), "SUB-2104-1"),
    Wish("2104", "Torsåkers stationspark", "Torsåker Station Park", "Torsåker",
         16.485, 60.525, 18, NEW, (LOGISTICS, FOOD), "SUB-2104-1"),
    Wish("2121", "Edsbyns norra träpark", "Edsbyn North Timber Park", "Edsbyn",
         15.845, 61.395, 41, MORE, (WOOD, HEAVY), "SUB-2121-1"),
    Wish("2121", "Rotebergs verksamhetspark", "Roteberg Business Park", "Roteberg",
         15.805, 61.335, 29, NEW, (DATA, STORAGE, OTHER), "SUB-2121-1"),
    Wish("2121", "Alfta industripark", "Alfta Industrial Park", "Alfta",
         16.095, 61.356, 54, MORE, (HEAVY, LOGISTICS, WOOD), "SUB-2121-1"),
    Wish("2121", "Runemo åkerpark", "Runemo Fields", "Runemo",
         16.135, 61.333, 23, NEW, (FOOD, OTHER)),
    Wish("2132", "Gnarps E4-park", "Gnarp E4 Park", "Gnarp",
         17.240, 62.063, 132, NEW, (DATA, HYDROGEN, BATTERY), "SUB-2132-1", "divided"),
    Wish("2132", "Harmångers industripark", "Harmånger Industrial Park", "Harmånger",
         17.195, 61.940, 36, MORE, (HEAVY, LOGISTICS), "SUB-2132-1"),
    Wish("2132", "Bergsjö södra verkstadshus", "Bergsjö South Workshops", "Bergsjö",
         17.070, 61.970, 12, HOUSE, (OTHER, FOOD), "SUB-2132-1"),
    Wish("2161", "Ljusdals norra industripark", "Ljusdal North Industrial Park", "Ljusdal",
         16.072, 61.850, 62, NEW, (DATA, BATTERY, STORAGE), "SUB-2161-1"),
    Wish("2161", "Färila skogspark", "Färila Forest Industry Park", "Färila",
         15.870, 61.788, 86, NEW, (WOOD, HYDROGEN), "SUB-2161-1"),
    Wish("2161", "Järvsö södra livsmedelspark", "Järvsö South Food Park", "Järvsö",
         16.160, 61.697, 14, MORE, (FOOD, OTHER), "SUB-2161-1"),
    Wish("2161", "Tallåsens terminalpark", "Tallåsen Terminal Park", "Tallåsen",
         16.035, 61.874, 33, OLD, (LOGISTICS, WOOD), "SUB-2161-1"),
    Wish("2180", "Hille norra industripark", "Hille North Industrial Park", "Åbyggeby",
         17.080, 60.756, 184, NEW, (BATTERY, HYDROGEN, DATA), "SUB-2180-1"),
    Wish("2180", "Trödje logistikpark", "Trödje Logistics Park", "Trödje",
         17.155, 60.800, 96, NEW, (LOGISTICS, DATA, STORAGE), "SUB-2180-1"),
    Wish("2180", "Fredriksskans bakre hamnområde", "Fredriksskans Port Hinterland", "Gävle",
         17.208, 60.704, 42, OLD, (LOGISTICS, HYDROGEN, STORAGE), "SUB-2180-3"),
    Wish("2180", "Valbo västra verksamhetspark", "Valbo West Business Park", "Överhärde",
         16.990, 60.630, 66, MORE, (LOGISTICS, FOOD, DATA), "SUB-2180-2"),
    Wish("2180", "Forsbacka bruksmark", "Forsbacka Works Estate", "Forsbacka",
         16.905, 60.617, 38, OLD, (HEAVY, STEEL), "SUB-2180-2"),
    Wish("2180", "Bergby skogsindustripark", "Bergby Forest Industry Park", "Bergby",
         17.015, 60.955, 124, NEW, (WOOD, HEAVY, BATTERY), "SUB-2180-1", "hollow"),
    Wish("2180", "Norrsundets uddpark", "Norrsundet Headland Park", "Norrsundet",
         17.118, 60.952, 55, OLD, (WOOD, STORAGE, HYDROGEN), "SUB-2180-1"),
    Wish("2181", "Storsjöns östra industripark", "Storsjön East Industrial Park", "Sandviken",
         16.838, 60.643, 112, NEW, (STEEL, HEAVY, HYDROGEN), "SUB-2181-1"),
    Wish("2181", "Högbo datapark", "Högbo Data Park", "Sandviken",
         16.805, 60.662, 60, NEW, (DATA, STORAGE), "SUB-2181-1"),
    Wish("2181", "Storviks knutpunkt", "Storvik Junction Park", "Storvik",
         16.510, 60.602, 81, NEW, (LOGISTICS, HEAVY, BATTERY), "SUB-2181-1"),
    Wish("2181", "Kungsgårdens verksamhetspark", "Kungsgården Business Park", "Kungsgården",
         16.640, 60.616, 28, MORE, (FOOD, WOOD, LOGISTICS), "SUB-2181-1"),
    Wish("2181", "Järbo fabrikspark", "Järbo Factory Park", "Järbo",
         16.615, 60.728, 21, HOUSE, (BATTERY, OTHER)),
    Wish("2181", "Årsunda åspark", "Årsunda Ridge Park", "Årsunda",
         16.725, 60.503, 45, NEW, (FOOD, STORAGE)),
    Wish("2182", "Stugsunds industripark", "Stugsund Industrial Park", "Söderhamn",
         17.098, 61.290, 71, OLD, (HEAVY, LOGISTICS, HYDROGEN), "SUB-2182-1"),
    Wish("2182", "Söderala E4-park", "Söderala E4 Park", "Söderala",
         17.000, 61.262, 236, NEW, (DATA, BATTERY, STEEL), "SUB-2182-1"),
    Wish("2182", "Ljusne bruksmark", "Ljusne Works Estate", "Ljusne",
         17.115, 61.228, 108, OLD, (WOOD, HYDROGEN, HEAVY), "SUB-2182-2"),
    Wish("2182", "Sandarne hamnpark", "Sandarne Port Park", "Sandarne",
         17.155, 61.268, 40, OLD, (LOGISTICS, STORAGE), "SUB-2182-2"),
    Wish("2183", "Bollnäs södra industripark", "Bollnäs South Industrial Park", "Bollnäs",
         16.425, 61.318, 65, NEW, (HEAVY, BATTERY, LOGISTICS), "SUB-2183-1"),
    Wish("2183", "Kilafors stambanepark", "Kilafors Main Line Park", "Kilafors",
         16.540, 61.246, 178, NEW, (STEEL, LOGISTICS, WOOD), "SUB-2183-2", "divided"),
    Wish("2183", "Arbrå verkstadspark", "Arbrå Workshop Park", "Arbrå",
         16.365, 61.487, 27, HOUSE, (HEAVY, OTHER), "SUB-2183-1"),
    Wish("2183", "Röste skogspark", "Röste Forest Park", "Röste",
         16.455, 61.298, 31, NEW, (WOOD, STORAGE), "SUB-2183-1"),
    Wish("2184", "Malsta norra industripark", "Malsta North Industrial Park", "Hudiksvall",
         17.085, 61.757, 152, NEW, (DATA, HYDROGEN, BATTERY), "SUB-2184-1"),
    Wish("2184", "Iggesunds bruksskog", "Iggesund Works Forest", "Iggesund",
         17.030, 61.632, 95, MORE, (WOOD, HEAVY, HYDROGEN), "SUB-2184-2"),
    Wish("2184", "Delsbo västra verksamhetspark", "Delsbo West Business Park", "Delsbo",
         16.525, 61.806, 20, NEW, (FOOD, WOOD, OTHER)),
    Wish("2184", "Njutångers E4-park", "Njutånger E4 Park", "Njutånger",
         17.028, 61.598, 44, NEW, (LOGISTICS, FOOD), "SUB-2184-2"),
]  # fmt: skip
