"""What a form asks to share: checked, text only, with limits to what anybody may leave here."""

from collections.abc import Mapping, Sequence
from typing import Any

from catalogue.comparisons.notes import read_notes
from catalogue.comparisons.shared_list_changes import item
from catalogue.comparisons.shared_lists import MAY_SHOW_REGISTERED, Wish
from catalogue.database import Actor, Audience
from catalogue.errors import Fault, Invalid
from catalogue.forms.form_texts import Texts
from geo.texts import Text

LONGEST_TITLE = 120
DAYS = (7, 30, 90, 180)
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 200


def read_wish(
    texts: Texts, features: Sequence[Mapping[str, Any]], actor: Actor | None, audience: Audience
) -> Wish:
    """The wish of a form about these sites; raises `Invalid`. Any: GeoJSON."""
    faults = []
    if not features:
        faults.append(Fault("reference", Text("Välj minst en plats.", "Choose a site.")))
    title, shared_by = line(texts, "title"), line(texts, "shared_by")
    for name, text in (("title", title), ("shared_by", shared_by)):
        if len(text) > LONGEST_TITLE or not text.isprintable():
            said = Text("Högst {n} tecken på en rad.", "At most {n} characters on one line.")
            faults.append(Fault(name, said.format(n=LONGEST_TITLE)))
    days = line(texts, "days")
    if days not in map(str, DAYS):
        faults.append(Fault("days", Text("Välj hur länge.", "Choose for how long.")))
    password = "".join(texts.get("password", ())[:1])
    faults += password_faults(password, audience)
    if audience == "registered" and not may_show_registered(actor):
        said = Text("Du kan bara dela öppna uppgifter.", "You can share public values only.")
        faults.append(Fault("audience", said))
    if faults:
        raise Invalid(faults)
    notes, included = read_notes(texts), texts.get("include", ())
    return Wish(
        items=[
            item(one, notes.get(str(one["id"]), "") if one["id"] in included else "")
            for one in features
        ],
        title=title,
        shared_by=shared_by,
        days=int(days),
        password=password,
        audience=audience,
    )


def may_show_registered(actor: Actor | None) -> bool:
    return actor is not None and actor.role in MAY_SHOW_REGISTERED


def line(texts: Texts, name: str) -> str:
    return " ".join("".join(texts.get(name, ())[:1]).split())


def read_audience(texts: Texts) -> Audience:
    """Whose view is shared: everybody's, unless the other is asked for."""
    return "registered" if line(texts, "audience") == "registered" else "public"


def password_faults(password: str, audience: Audience) -> list[Fault]:
    if not password and audience == "registered":
        said = Text(
            "Uppgifter som bara registrerade läsare får se delas med lösenord.",
            "Values that only registered readers may see are shared with a password.",
        )
    elif password and len(password) < SHORTEST_PASSWORD:
        said = Text("Minst {n} tecken.", "At least {n} characters.").format(n=SHORTEST_PASSWORD)
    elif len(password) > LONGEST_PASSWORD:
        said = Text("Högst {n} tecken.", "At most {n} characters.").format(n=LONGEST_PASSWORD)
    else:
        return []
    return [Fault("password", said)]
