"""Many sites at once: a template out, changed or not, judged, and saved all of it or nothing."""

from datetime import date
from io import BytesIO
from time import process_time

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import text
from sqlalchemy.orm import Session

from catalogue import sites
from catalogue.accounts import accounts
from catalogue.changes import read_changes
from catalogue.database import Databases
from catalogue.errors import NotFound, NotPossible
from catalogue.fields import SITE
from catalogue.history import history
from catalogue.imports import register
from catalogue.imports.marking import marked
from catalogue.imports.tasks import defer_import
from catalogue.imports.work import write_import
from catalogue.jobs import work
from catalogue.settings import Settings
from catalogue.site import Site
from geo.texts import Language
from seed.bulk import add_sites
from tests.builders import ADMIN, RULES, TODAY, a_site
from tests.import_files import (
    a_csv,
    a_template,
    an_importer,
    checked,
    column_of,
    edited,
    faults,
    found,
    report_of,
    saved,
    sent,
    warnings,
    written,
)

IN_WRITING = {"value": 10, "basis": "utility_written", "as_of": "2026-05-01", "source": "Ellevio"}


def now(databases: Databases, reference: str = "GVB-2183-001") -> Site:
    with databases.writing(ADMIN) as session:
        return sites.find(session, reference)


def changed_in_the_form(databases: Databases, **values: object) -> None:
    """Somebody else saves the first site meanwhile."""
    with databases.writing(ADMIN) as session:
        site = sites.find(session, "GVB-2183-001")
        changes = read_changes(values, SITE, today=TODAY, kept=frozenset())
        sites.change(session, ADMIN, site.reference, changes, RULES, expected_version=site.version)


def test_a_template_sent_back_untouched_changes_nothing(databases: Databases) -> None:
    asked = {"state": "unknown", "asked": "Helsinge Vatten", "asked_on": "2026-03-12"}
    a_site(databases, sewage_m3_day=asked, status="draft", price_sek_m2=123.456789)
    a_site(databases, contact_phone="+46 70 174 06 05", permitted_use=["J", "Z, med villkor"])

    counts = report_of(checked(databases, a_template(databases)))["counts"]

    assert (counts["unchanged"], counts["changed"], counts["faults"]) == (2, 0, 0)


def test_an_english_template_is_understood_on_a_swedish_page(databases: Databases) -> None:
    a_site(databases, power_now_mw=IN_WRITING, divisible=True, price_sek_m2=12.5)

    counts = report_of(checked(databases, a_template(databases, language="en")))["counts"]

    assert (counts["unchanged"], counts["faults"]) == (1, 0)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_csv_sent_back_untouched_changes_nothing(
    databases: Databases, language: Language
) -> None:
    a_site(databases, price_sek_m2=1250.5, description_sv="En rad;\noch en till, med = å ä ö. " * 4)

    one = checked(databases, a_csv(databases, language=language), name="platser.csv")

    assert report_of(one)["counts"]["unchanged"] == 1
    assert faults(one) == []


def test_two_thousand_sites_sent_back_untouched_change_nothing_within_a_minute(
    databases: Databases,
) -> None:
    """Counted in seconds of this process, so that others on the machine do not count."""
    with Session(databases.owner) as session, session.begin():
        add_sites(session, 2_000, 7, RULES, lambda _: None)
        session.connection().exec_driver_sql("update site set municipality = '2183'")
    begun = process_time()

    counts = report_of(checked(databases, a_template(databases)))["counts"]

    assert (counts["unchanged"], counts["changed"], counts["faults"]) == (2_000, 0, 0)
    assert process_time() - begun < 60


def test_what_was_changed_is_told_field_by_field_before_anything_is_saved(
    databases: Databases,
) -> None:
    a_site(databases, power_now_mw=10)
    content = edited(a_template(databases), written({"power_now_mw": 25}))

    [told] = report_of(checked(databases, content))["sites"]

    [change] = told["changes"]
    assert (told["outcome"], told["row"]) == ("changed", 5)
    assert (change["field"], change["old"], change["new"]) == ("power_now_mw", 10.0, 25.0)
    assert now(databases).values["power_now_mw"] == 10


def test_confirmed_changes_are_saved_with_the_file_as_their_reason(databases: Databases) -> None:
    a_site(databases)
    content = edited(
        a_template(databases),
        written(
            {"redundancy": "n-1", "connection_lead_months": "12–30", "suitable_for": "Livsmedel"}
        ),
    )

    one = saved(databases, checked(databases, content, name="våra platser.xlsx"))

    site = now(databases)
    with databases.writing(ADMIN) as session:
        latest = history.versions(session, site.reference)[0]
    assert one.state == "done"
    assert site.values["connection_lead_months"] == [12, 30]
    assert site.values["suitable_for"] == ["food"]
    assert (latest.reason, latest.actor) == (
        "Import av våra platser.xlsx",
        "editor.2183@example.se",
    )


def test_nothing_is_saved_for_somebody_who_has_gone_to_another_municipality(
    databases: Databases,
) -> None:
    a_site(databases, power_now_mw=10)
    one = checked(databases, edited(a_template(databases), written({"power_now_mw": 25})))
    sender = an_importer(databases)
    with databases.writing(sender) as session:
        register.confirm(session, sender, one.id)
    with databases.owner.begin() as connection:
        gone = "update account set municipality = '2180' where id = %(id)s"
        connection.exec_driver_sql(gone, {"id": sender.account_id})

    write_import(databases, RULES, one.id)

    with databases.owner.begin() as connection:
        [state] = connection.exec_driver_sql("select state from import_job").scalars()
    assert (state, now(databases).values["power_now_mw"]) == ("refused", 10)


def test_what_is_saved_is_in_the_listing_too(databases: Databases) -> None:
    a_site(databases, power_now_mw=10)
    saved(
        databases, checked(databases, edited(a_template(databases), written({"power_now_mw": 25})))
    )

    with databases.reading("public") as session:
        assert session.scalar(text("select power_now_mw from listing_public")) == 25


def test_a_row_without_reference_becomes_a_draft_with_rows_on_other_sheets(
    databases: Databases,
) -> None:
    def change(book: Workbook) -> None:
        written({"reference": "NY-1", "name_sv": "Kilafors", "power_now_mw": 5})(book)
        book["Effekt år för år"].append(["NY-1", None, 2030, 40, "Ja", None])
        book["Källor"].append(
            [
                "NY-1",
                None,
                "Effekt i dag",
                None,
                "skriftligt från den som vet",
                "1 maj 2026",
                "Ellevio",
            ]
        )

    one = saved(databases, checked(databases, edited(a_template(databases), change)))

    site = now(databases)
    assert one.state == "done"
    assert (site.status, site.values["name_sv"]) == ("draft", "Kilafors")
    assert site.values["power_timeline"] == [
        {"year": 2030, "mw": 40.0, "firm": True, "condition": None}
    ]
    assert site.provenance["power_now_mw"].basis == "utility_written"
    assert site.provenance["power_now_mw"].as_of == date(2026, 5, 1)


def test_an_empty_cell_keeps_the_value_and_the_word_for_it_removes_it(databases: Databases) -> None:
    a_site(databases, redundancy="n1", power_type="firm")
    content = edited(a_template(databases), written({"redundancy": None, "power_type": "töm"}))

    saved(databases, checked(databases, content))

    assert now(databases).values["redundancy"] == "n1"
    assert "power_type" not in now(databases).values


def test_a_new_value_under_an_old_source_is_the_municipalitys_own(databases: Databases) -> None:
    a_site(databases, power_now_mw=IN_WRITING)

    one = checked(databases, edited(a_template(databases), written({"power_now_mw": 12})))

    assert warnings(one) == [
        "Värdet är nytt men källan är den gamla. Det sparas som kommunens uppgift."
    ]
    saved(databases, one)
    assert now(databases).provenance["power_now_mw"].basis == "municipality"


def test_a_source_alone_can_be_changed(databases: Databases) -> None:
    a_site(databases, power_now_mw=10)

    def change(book: Workbook) -> None:
        for row in book["Källor"].iter_rows(min_row=2):
            if row[2].value == "Effekt i dag":
                row[4].value, row[6].value = "undertecknat avtal", "Avtal 17"

    saved(databases, checked(databases, edited(a_template(databases), change)))

    behind = now(databases).provenance["power_now_mw"]
    assert (behind.basis, behind.source) == ("signed_agreement", "Avtal 17")
    assert now(databases).values["power_now_mw"] == 10


def test_a_value_becomes_unknown_with_whom_was_asked(databases: Databases) -> None:
    a_site(databases, sewage_m3_day=300)

    def change(book: Workbook) -> None:
        written({"sewage_m3_day": None})(book)
        for row in book["Källor"].iter_rows(min_row=2):
            if row[2].value == SITE["sewage_m3_day"].label.sv:
                row[3].value, row[7].value = "okänd, tillfrågad", "Helsinge Vatten"
                row[8].value = date(2026, 10, 1)

    saved(databases, checked(databases, edited(a_template(databases), change)))

    behind = now(databases).provenance["sewage_m3_day"]
    assert (behind.state, behind.asked) == ("unknown", "Helsinge Vatten")
    assert "sewage_m3_day" not in now(databases).values


def test_one_fault_keeps_everything_from_being_saved(databases: Databases) -> None:
    for _ in range(2):
        a_site(databases, area_gross_ha=50, area_net_ha=40)

    def change(book: Workbook) -> None:
        written({"power_now_mw": 25}, row=5)(book)
        written({"area_net_ha": 70}, row=6)(book)

    one = checked(databases, edited(a_template(databases), change))

    [(cell, said)] = faults(one)
    assert one.state == "refused"
    assert cell.endswith("6")
    assert said.startswith("Nettoyta som kan bebyggas (70 ha) är större än bruttoyta (50 ha)")
    assert report_of(one)["counts"]["refused"] == 1
    with pytest.raises(NotPossible):
        saved(databases, one)


def test_a_published_site_cannot_lose_what_publishing_asks_for(databases: Databases) -> None:
    a_site(databases)

    one = checked(databases, edited(a_template(databases), written({"ownership": "TÖM"})))

    assert [said for _, said in faults(one)] == [
        "Markägare saknas. Fyll i, eller ange vem som är tillfrågad."
    ]


def test_the_workbook_comes_back_with_the_faulty_cells_marked(databases: Databases) -> None:
    a_site(databases)
    content = edited(a_template(databases), written({"power_now_mw": "mycket"}))
    one = checked(databases, content)

    book = load_workbook(BytesIO(marked(content, "xlsx", "mall.xlsx", report_of(one), "sv")))

    cell = book["Platser"].cell(5, column_of(book, "power_now_mw"))
    listed = [cell.value for cell in book["Att rätta"][2]]
    assert cell.fill.fgColor.rgb == "FFFFD9D2"
    assert cell.comment is not None
    assert "”mycket” är inte ett tal" in cell.comment.text
    assert listed[:5] == ["Platser", cell.coordinate, "GVB-2183-001", "Effekt i dag", "mycket"]


def test_a_marked_workbook_can_be_mended_and_sent_again(databases: Databases) -> None:
    a_site(databases)
    content = edited(a_template(databases), written({"power_now_mw": "mycket"}))
    back = marked(content, "xlsx", "mall.xlsx", report_of(checked(databases, content)), "sv")

    again = checked(databases, edited(back, written({"power_now_mw": "25,5"})))

    assert (again.state, faults(again)) == ("checked", [])
    saved(databases, again)
    assert now(databases).values["power_now_mw"] == 25.5


def test_nothing_is_saved_when_somebody_else_saved_after_the_report(databases: Databases) -> None:
    for _ in range(2):
        a_site(databases)

    def change(book: Workbook) -> None:
        for row in (5, 6):
            written({"redundancy": "N-1"}, row)(book)

    one = checked(databases, edited(a_template(databases), change))
    changed_in_the_form(databases, power_now_mw=11)

    ended = saved(databases, one)

    assert ended.state == "refused"
    assert ended.refusal is not None
    assert ended.refusal.sv.startswith("GVB-2183-001 har ändrats av någon annan")
    assert all("redundancy" not in now(databases, f"GVB-2183-00{n}").values for n in (1, 2))


def test_what_others_changed_since_the_template_was_fetched_stays(databases: Databases) -> None:
    a_site(databases, power_now_mw=10)
    template = a_template(databases)
    changed_in_the_form(databases, power_now_mw=11)

    saved(databases, checked(databases, edited(template, written({"redundancy": "N-1"}))))

    assert now(databases).values["power_now_mw"] == 11
    assert now(databases).values["redundancy"] == "n1"


def test_a_field_that_both_changed_is_a_fault(databases: Databases) -> None:
    a_site(databases, power_now_mw=10)
    template = a_template(databases)
    changed_in_the_form(databases, power_now_mw=11)

    one = checked(databases, edited(template, written({"power_now_mw": 12})))

    assert [said for _, said in faults(one)] == [
        "Effekt i dag har ändrats av admin@example.se sedan filen hämtades."
    ]


def test_an_account_closed_meanwhile_saves_nothing(databases: Databases) -> None:
    a_site(databases)
    one = checked(databases, edited(a_template(databases), written({"redundancy": "N-1"})))
    actor = an_importer(databases)
    with databases.writing(actor) as session:
        register.confirm(session, actor, one.id)
        accounts.disable(session, actor.email)

    write_import(databases, RULES, one.id)

    with databases.writing(ADMIN) as session:
        ended = register.find(session, one.id)
    assert ended.state == "refused"
    assert ended.refusal is not None
    assert "stängt" in ended.refusal.sv
    assert "redundancy" not in now(databases).values


def test_a_job_that_runs_twice_saves_once(databases: Databases) -> None:
    one = checked(databases, edited(a_template(databases), written({"name_sv": "Kilafors"})))

    saved(databases, one)
    write_import(databases, RULES, one.id)

    with databases.writing(ADMIN) as session:
        assert len(sites.of_municipality(session, "2183")) == 1


def test_a_file_that_takes_the_worker_down_each_time_is_given_up(
    databases: Databases, settings: Settings
) -> None:
    number = sent(databases, a_csv(databases), name="platser.csv")
    with databases.writing(ADMIN) as session:
        defer_import(session, number)
    with databases.owner.begin() as connection:
        connection.execute(text("update import_job set state = 'reading'"))
        connection.execute(text("update procrastinate_jobs set attempts = 3"))

    work(settings, wait=False)

    ended = found(databases, number)
    assert ended.state == "refused"
    assert ended.refusal is not None
    assert "trots flera försök" in ended.refusal.sv


def test_a_new_site_with_a_name_that_is_taken_is_warned_of(databases: Databases) -> None:
    a_site(databases, name_sv="Kilafors")

    one = checked(databases, edited(a_template(databases), written({"name_sv": "kilafors"}, row=6)))

    assert warnings(one) == [
        "Det finns redan en plats som heter kilafors (GVB-2183-001). Den här blir en ny."
    ]


def test_old_imports_are_removed_with_their_files(databases: Databases) -> None:
    number = sent(databases, a_csv(databases), name="platser.csv")
    with databases.owner.begin() as connection:
        connection.execute(text("update import_job set created_at = now() - interval '31 days'"))

    register.remove_old(databases, RULES.now(), 365 * 10)
    assert found(databases, number).file_name == "platser.csv"
    with databases.owner.begin() as connection:
        later = connection.scalar(text("select now()"))
    register.remove_old(databases, later, 30)

    with pytest.raises(NotFound):
        found(databases, number)
