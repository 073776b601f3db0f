"""The words in which clients say what a site must be free of, and what they put behind something else."""

import re
from dataclasses import dataclass
from typing import Literal

from catalogue.requests.vocabulary import words


@dataclass(frozen=True)
class Avoided:
    """What a client wants a site to be free of; asked for only together with a word that denies."""

    key: str
    op: Literal["any_of", "none_of"]
    codes: tuple[str, ...]
    pattern: re.Pattern[str]


AVOIDED: tuple[Avoided, ...] = tuple(
    Avoided(key, op, codes, words(pattern))  # type: ignore[arg-type]  # as in the table
    for key, op, codes, pattern in (
        ("protected_overlap", "none_of", ("natura_2000",), r"natura[- ]?2000(?:[- ]\w+)?"),
        ("protected_overlap", "none_of", ("nature_reserve",), r"nature reserves?|naturreservat\w*"),
        ("protected_overlap", "none_of", ("national_interest",),
         r"national interests?|riksintresse\w*"),
        ("protected_overlap", "none_of", ("shore_protection",),
         r"shore(?:line)? protection|strandskydd\w*"),
        ("protected_overlap", "none_of", ("water_protection",),
         r"water protection(?: areas?| zones?)?|vattenskydd\w*"),
        ("protected_overlap", "none_of", ("ancient_monument",),
         r"ancient monuments?|archaeolog\w+(?: remains| sites?)?|fornlämning\w*|fornminne\w*"),
        ("protected_overlap", "any_of", ("none",),
         (r"protected (?:areas?|nature|land|habitats?)|nature (?:protection|conservation)\w*|skyddad natur|"
         r"naturskydd\w*|skyddade områden")),
        ("flood_risk", "any_of", ("none",),
         (r"(?:100-year |1 in 100 year )?flood(?:ing|s|ed)?(?:[- ]?(?:risks?|zones?|plains?|areas?|hazard))?|floodplain|"
         r"översvämning\w*|översvämmas|sea[- ]level rise|(?:stigande|höjd) havsnivå\w*|havsnivåhöjning\w*")),
        ("contamination", "any_of", ("none_known", "remediated"),
         r"contaminat\w+|pollut\w+|(?:mark)?förorening\w*|förorenad\w*"),
        ("env_instance", "any_of", ("C_notification", "B_county", "A_court"), r"seveso\w*"),
        ("env_instance", "any_of", ("C_notification", "B_county"),
         r"land and environment(?:al)? court|mark- och miljödomstol\w*|A-anläggning\w*"),
    )
)  # fmt: skip
DENIAL = words(
    r"no|not|non|nor|without|outside|avoid\w*|free (?:of|from)|never|ingen|inga|inget|inte|ej|icke|utan|"
    r"utanför|fri från|undvik\w*|varken"
)
DENIAL_AFTER = re.compile(
    r" ?[:|=–-]? ?(?:is |are |är )?(?:none|no|nej|outside|utanför|not (?:required|needed|allowed|acceptable|accepted|permitted)|ingen|inga|inget|"
    r"(?:accepteras|godtas|tillåts|behövs|krävs) (?:ej|inte)|ej|inte)\b",
    re.IGNORECASE,
)
DENIAL_REACH = 70
"""So many characters before a word may deny it, within its sentence."""
PASSED_OVER = re.compile(
    r"(?:, (?:inte|ej|not)|rather than|instead of|framför(?: att)?|i stället för(?: att)?|hellre än|"
    r"(?:rather|hellre) [\w ]{2,25} (?:than|än)|in preference to)(?: (?:a|an|to|att|en|ett))? $",
    re.IGNORECASE,
)
"""Words that put what follows behind what was said first: “lease rather than buy”."""
