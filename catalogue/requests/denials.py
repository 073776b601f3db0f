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
        ("protected_overlap", "none_of", ("natura_2000",), r"natura[- ]?2000(?:[- ](?:sites?|areas?|habitats?|land|områden?\w*|mark))?"),
        ("protected_overlap", "none_of", ("nature_reserve",), r"nature reserves?|naturreservat\w*"),
        ("protected_overlap", "none_of", ("national_interest",),
         r"national interests?|riksintresse\w*"),
        ("protected_overlap", "none_of", ("shore_protection",),
         r"shore(?:line)? protection|strandskydd\w*"),
        ("protected_overlap", "none_of", ("water_protection",),
         r"water protection(?: areas?| zones?)?|vattenskydd\w*|skyddsområde\w* för vatten\w*"),
        ("protected_overlap", "none_of", ("ancient_monument",),
         r"ancient monuments?|archaeolog\w+(?: remains| sites?)?|fornlämning\w*|fornminne\w*"),
        ("protected_overlap", "any_of", ("none",),
         (r"protected (?:areas?|nature|land|habitats?)|nature (?:protection|conservation)\w*|skyddad natur|"
         r"naturskydd\w*|skyddade områden")),
        ("flood_risk", "any_of", ("none",),
         (r"(?:100-year |1 in 100 year )?flood(?:ing|s|ed)?(?:[- ]?(?:risks?|zones?|plains?|areas?|hazard))?|floodplain|"
         r"översvämning\w*|översvämmas|(?:100-?års|hundraårs|200-?års)(?:flöde\w*|regn\w*|nivå\w*)|(?:100|hundred)-?(?:year|yr)(?: \w+)?|sea[- ]level rise|(?:stigande|höjd) havsnivå\w*|havsnivåhöjning\w*")),
        ("contamination", "any_of", ("none_known", "remediated"),
         r"contaminat\w+|pollut\w+|(?:mark)?förorening\w*|förorenad\w*"),
        ("env_instance", "any_of", ("C_notification", "B_county", "A_court"), r"seveso\w*"),
        ("ownership", "any_of", ("municipal", "state", "company", "mixed"),
         r"private(?:ly)?[- ]owned|privatäg\w+|ägs privat|i privat ägo"),
        ("env_instance", "any_of", ("C_notification", "B_county"),
         r"land and environment(?:al)? court|mark- och miljödomstol\w*|A-anläggning\w*"),
    )
)  # fmt: skip
DENIAL = words(
    r"no|not|non|nor|without|outside|avoid\w*|free (?:of|from)|never|ingen|inga|inget|inte|ej|icke|utan|"
    r"utanför|fri från|undvik\w*|varken"
)
NOT = r"(?:not|inte|ej|icke|never|aldrig)"
REFUSED = (
    rf"(?:will |would |can |could |shall |should |must |may |ska |skall |kan |bör |får )?{NOT} (?:be )?"
    r"(?:considered|accepted|acceptable|tolerated|permitted|allowed|required|needed|of interest|"
    r"accepteras|godtas|tillåtas|tillåts|godkänns|förekomma|finnas|övervägas|ifråga|aktuell\w*|intressant\w*)"
    r"|(?:godtas|accepteras|tillåts|övervägs|behövs|krävs|får|ska|skall) (?:det |den |detta )?(?:inte|ej)"
    r"|(?:behöver|kräver) (?:vi|de|kunden|bolaget) (?:inte|ej)|(?:we|they) (?:do not|don['’]t) (?:need|require)"
    r"|(?:is|are|är) (?:of no interest|utan intresse|inte av intresse|not of interest)"
    r"|(?:is|are) (?:out(?: of the question)?|excluded|ruled out|unacceptable|a no-?go|a deal-?breaker|knock-?outs?)"
    r"|(?:kommer|komma) (?:inte|ej) (?:i fråga|på fråga)|är (?:uteslut\w+|ointressant\w*)|utesluts|ratas|"
    r"(?:sorteras|sållas|väljs) bort|(?:has|have) been (?:disregarded|excluded|ruled out|rejected|dropped)|"
    r"(?:is|are) disregarded|har (?:valts|sorterats|sållats) bort"
)
"""What says of the words before it that they may not be."""
DENIAL_AFTER = re.compile(
    r" ?[:|=–-]? ?(?:is |are |är )?(?:none|no|nej|outside|utanför|ingen|inga|inget|ej|inte|not)\b"
    r"|(?: (?:soil|ground|land|areas?|sites?|mark\w*|områden?))?(?: (?:or|and|eller|och) [\w-]+(?: [\w-]+)?)?"
    r" (?:(?:is|are) (?:out(?: of the question)?|excluded|ruled out|unacceptable|not (?:acceptable|accepted))|"
    r"utesluts|ratas|(?:godtas|accepteras) (?:inte|ej))\b"
    rf"|[ ?]{{0,2}}(?:(?:det|den|this|that|which|such (?:land|sites?|ground|areas?)|sådan\w*(?: mark)?) )?(?:{REFUSED})\b"
    r"|(?: [\w-]+){1,5} ?[:|] ?(?:none|no|nej|ingen|inga|inget)\b"
    rf"|(?: [\w-]+){{1,4}}\? (?:(?:det|den|this|that|it) )?(?:{REFUSED})\b",
    re.IGNORECASE,
)
NOT_NEEDED = re.compile(
    r"\b(?:(?:do|does|would|will|need) ?(?:not|n't|n’t) (?:need|require|be needed|depend on)|don['’]t (?:need|require)|"
    r"doesn['’]t (?:need|require)|won['’]t need|no (?:need|requirement)s? (?:for|of)|behöver (?:inte|ej|varken|ingen|inget|inga)|"
    r"kräver (?:inte|ej|varken|ingen|inget|inga)|inget behov av|saknar behov av|varken|neither)"
    r"(?:[ ,]+[\w-]+){0,6}?[ ,]+$"
    r"|\b(?:no|inget|ingen|inga)(?: (?!than\b|än\b)[\w-]+)? $",
    re.IGNORECASE,
)
"""`We need neither gas nor a port`: nothing is asked of what stands behind it."""
DENIAL_REACH = 70
"""So many characters before a word may deny it, within its sentence."""
PASSED_OVER = re.compile(
    r"(?:, (?:inte|ej|not)|rather than|instead of|framför(?: att)?|i stället för(?: att)?|hellre än|"
    r"(?:rather|sooner|hellre) [\w ]{2,25} (?:than|än)|in preference to)(?: (?:a|an|to|att|en|ett))? $",
    re.IGNORECASE,
)
"""Words that put what follows behind what was said first: “lease rather than buy”."""
