"""Run as a program on an empty database: adds one field as a developer would, and looks for it.

The registry is read when modules are imported, so this needs an interpreter of its own. Prints the
places where the field was found, as JSON.
"""

import io
import json
import sys
from pathlib import Path
from tempfile import mkdtemp

import openpyxl
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

import catalogue.fields as registry
from catalogue.fields import Field
from geo.texts import Text

NEW = Field(
    key="radon_bq_m3",
    theme="land",
    kind="number",
    label=Text("Markradon", "Ground radon"),
    help=Text("Uppmätt halt i jordluften.", "Measured content of the soil air."),
    unit=Text("Bq/m³", "Bq/m³"),
    minimum=0,
    maximum=100_000,
    level=2,
)
ENTRY = "alter table {table} add column radon_bq_m3 double precision"
TABLES = ("site", "listing_public", "listing_registered")

registry.SITE_FIELDS += (NEW,)
registry.SITE[NEW.key] = NEW


def main(url: str) -> dict[str, bool]:
    from api.main import create_app
    from catalogue import schema
    from catalogue.database import connect
    from catalogue.settings import Settings
    from seed.base import seed_base
    from tests.builders import PASSWORD, RULES, a_site, an_account

    settings = Settings(database_url=url, data=Path(mkdtemp()))
    databases = connect(settings)
    schema.migrate(databases.owner)
    with databases.owner.begin() as connection:
        for table in TABLES:
            connection.exec_driver_sql(ENTRY.format(table=table))
    with Session(databases.owner) as session, session.begin():
        seed_base(session, "21", RULES)
    site = a_site(databases, radon_bq_m3=12_345)
    bare = a_site(databases)
    email, _ = an_account(databases, "editor")
    client = TestClient(create_app(settings, RULES), base_url="http://127.0.0.1:8000")

    def text(path: str) -> str:
        return client.get(path).text

    public = client.get(f"/api/v1/sites/{site.reference}").json()["properties"]
    found = client.get("/api/v1/sites?radon_bq_m3_min=12000").json()["features"]
    workbook = client.get("/api/v1/sites?format=xlsx").content
    headings = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(workbook))["Sites"][1]]
    document = client.get("/api/v1/openapi.json").json()
    places = {
        "site": public["radon_bq_m3"] == 12_345,
        "provenance": public["provenance"]["radon_bq_m3"]["basis"] == "municipality",
        "filter": [(one["id"], one["properties"]["fit"]) for one in found]
        == [(site.reference, "meets"), (bare.reference, "may_fit")],
        "csv": "radon_bq_m3" in text("/api/v1/sites?format=csv").splitlines()[0],
        "xlsx": "Ground radon (Bq/m³)" in headings,
        "openapi parameter": "radon_bq_m3_min"
        in [one["name"] for one in document["paths"]["/api/v1/sites"]["get"]["parameters"]],
        "openapi body": "radon_bq_m3" in json.dumps(document["paths"]["/api/v1/sites"]["post"]),
        "data dictionary": "radon_bq_m3" in text("/about/data"),
        "search form": 'name="radon_bq_m3_min"' in text("/"),
        "site page": "Markradon" in text(f"/sites/{site.reference}"),
    }
    client.post("/sign-in", data={"email": email, "password": PASSWORD})
    form = f"/workspace/sites/{site.reference}?theme=land"
    places["form"] = "radon_bq_m3" in text(form)
    databases.dispose()
    return places


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
