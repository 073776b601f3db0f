"""Photos and documents of a site: kept in a folder or a bucket, seen by those who may."""

import csv
import json
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

from catalogue import sites
from catalogue.completeness import counted_fields, total
from catalogue.database import Databases
from catalogue.history import history
from catalogue.next_steps import next_steps
from catalogue.progress.progress_sites import site_counts
from catalogue.provenance import ShelfLife
from tests.builders import ADMIN, RULES, a_site
from tests.file_builders import PICTURE_ALT, a_pdf, a_photo, an_office_file
from tests.html_forms import form_of, open_form

SignIn = Callable[..., TestClient]
LATER = date(2030, 1, 1)
"""When everything that a test writes has been recorded."""


def send(
    client: TestClient, reference: str, content: bytes, name: str = "flygbild.jpg", **said: str
) -> Any:
    """Any: a response."""
    return client.post(
        f"/api/v1/sites/{reference}/files", files={"file": (name, content)}, data=said
    )


def kept(client: TestClient, reference: str, content: bytes, **said: str) -> dict[str, Any]:
    """What the answer says of a file that was taken; Any: JSON."""
    answer = send(client, reference, content, **said)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()["files"][0]
    return found


def a_public_photo(client: TestClient, reference: str, **said: str) -> dict[str, Any]:
    """Any: JSON."""
    described = {"alt_sv": PICTURE_ALT, "visibility": "public", **said}
    return kept(client, reference, a_photo(), **described)


def test_a_photo_is_kept_without_where_and_by_what_it_was_taken(
    storage: str, with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")

    photo = kept(editor, site.reference, a_photo(with_position=True))
    got = Image.open(BytesIO(editor.get(photo["url"]).content))

    assert (dict(got.getexif()), got.size) == ({}, (1200, 800))
    assert photo["date"] == "2026-06-14"


def test_a_photo_stands_upright_as_the_camera_was_held(
    with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")

    # 6: the camera was turned a quarter clockwise, so what was left is now the top.
    photo = kept(editor, site.reference, a_photo((1200, 800), orientation=6, colour="#ff0000"))
    got = Image.open(BytesIO(editor.get(photo["url"]).content)).convert("RGB")

    red, _, blue = got.getpixel((400, 100))  # type: ignore[misc]  # a triple of an RGB picture
    assert got.size == (800, 1200)
    assert red > 200
    assert blue < 60


def test_a_public_photo_stands_in_every_output_of_the_site(
    storage: str, client: TestClient, with_token: SignIn, databases: Databases
) -> None:
    site = a_site(databases)
    photo = a_public_photo(with_token("editor"), site.reference, caption_sv="Från söder")

    for address in (f"/api/v1/sites/{site.reference}", "/api/v1/sites", "/api/v1/sites.geojson"):
        said = client.get(address).json()
        properties = said.get("properties") or said["features"][0]["properties"]
        assert properties["photos"][0]["url"] == photo["url"]
        assert properties["photos"][0]["caption"] == "Från söder"
    small = client.get(photo["thumbnails"]["320"])
    assert small.headers["content-type"] == "image/webp"
    assert Image.open(BytesIO(small.content)).width == 320


@pytest.mark.parametrize(
    ("visibility", "status", "seen_by"),
    [
        ("public", "published", {"nobody", "investor", "own editor", "other editor", "project"}),
        ("registered", "published", {"investor", "own editor", "other editor", "project"}),
        ("internal", "published", {"own editor", "project"}),
        ("public", "draft", {"own editor", "project"}),
        ("public", "withdrawn", {"own editor", "project"}),
    ],
)
def test_a_file_is_fetched_by_those_who_may_see_it_and_by_nobody_else(
    client: TestClient,
    with_token: SignIn,
    databases: Databases,
    visibility: str,
    status: Any,
    seen_by: set[str],
) -> None:
    site = a_site(databases, status=status)
    visitors = {
        "nobody": client,
        "investor": with_token("investor"),
        "own editor": with_token("editor", "2183"),
        "other editor": with_token("editor", "2180"),
        "project": with_token("project"),
    }
    photo = a_public_photo(visitors["own editor"], site.reference, visibility=visibility)

    got = {name: visitor.get(photo["url"]).status_code for name, visitor in visitors.items()}

    assert {name for name, code in got.items() if code == 200} == seen_by
    assert {code for name, code in got.items() if name not in seen_by} <= {404}


def test_a_public_file_may_be_cached_for_good_and_an_internal_one_never(
    client: TestClient, with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    shown = client.get(a_public_photo(editor, site.reference)["url"])
    hidden = editor.get(kept(editor, site.reference, a_pdf(), name="avtal.pdf")["url"])

    assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert hidden.headers["cache-control"] == "private, no-store"
    again = client.get(shown.request.url.path, headers={"If-None-Match": shown.headers["etag"]})
    assert again.status_code == 304


def test_a_part_of_a_file_can_be_asked_for(
    storage: str, client: TestClient, with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    content = a_pdf()
    url = kept(editor, site.reference, content, name="plan.pdf", visibility="public")["url"]

    part = client.get(url, headers={"Range": "bytes=5-9"})
    end = client.get(url, headers={"Range": "bytes=-4"})
    beyond = client.get(url, headers={"Range": f"bytes={len(content)}-"})

    assert (part.status_code, part.content) == (206, content[5:10])
    assert part.headers["content-range"] == f"bytes 5-9/{len(content)}"
    assert (end.status_code, end.content) == (206, content[-4:])
    assert beyond.status_code == 416


def test_a_document_is_handed_over_and_never_shown_as_a_page(
    client: TestClient, with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    url = kept(
        editor, site.reference, an_office_file(), name="Utredning å.docx", visibility="public"
    )["url"]

    got = client.get(url)

    assert got.headers["content-disposition"].startswith("attachment")
    assert "Utredning%20%C3%A5.docx" in got.headers["content-disposition"]
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]


def test_a_pdf_has_its_first_page_as_a_preview(with_token: SignIn, databases: Databases) -> None:
    site, editor = a_site(databases), with_token("editor")

    document = kept(editor, site.reference, a_pdf(pages=3), name="plan.pdf")

    assert (document["pages"], set(document["thumbnails"])) == (3, {"320", "960"})
    assert editor.get(document["thumbnails"]["320"]).headers["content-type"] == "image/webp"


def test_a_picture_from_a_phone_is_kept_as_jpeg_without_where_it_was_taken(
    with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")

    photo = kept(
        editor, site.reference, a_photo(format="HEIF", with_position=True), name="IMG_0042.HEIC"
    )

    answer = editor.get(photo["url"])
    assert photo["url"].endswith("/IMG_0042.jpg")
    assert answer.headers["content-type"] == "image/jpeg"
    got = Image.open(BytesIO(answer.content))
    assert (got.format, got.size) == ("JPEG", (1200, 800))
    assert dict(got.getexif()) == {}
    assert (photo["date"], set(photo["thumbnails"])) == ("2026-06-14", {"320", "960"})


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("sida.jpg", b"<html><script>alert(1)</script></html>", 415),
        ("bild.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', 415),
        ("bild.gif", b"GIF89a" + bytes(50), 415),
        ("mobil.heic", b"\0\0\0\x18ftypheic" + bytes(50), 415),
        ("rymd.avif", b"\0\0\0\x18ftypavif" + bytes(50), 415),
        ("trasig.jpg", b"\xff\xd8\xff" + b"x" * 500, 415),
        ("trasig.pdf", b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>>", 415),
        ("arkiv.zip", an_office_file("okand"), 415),
        ("makron.docx", an_office_file(extra=("word/vbaProject.bin",)), 415),
        ("bomb.png", a_photo((11_000, 9_000), format="PNG"), 413),
    ],
)
def test_what_is_not_what_it_seems_is_refused_by_name(
    with_token: SignIn, databases: Databases, name: str, content: bytes, status: int
) -> None:
    site, editor = a_site(databases), with_token("editor")

    answer = send(editor, site.reference, content, name)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert name in answer.json()["detail"]


def test_what_was_hidden_behind_a_picture_is_gone(with_token: SignIn, databases: Databases) -> None:
    site, editor = a_site(databases), with_token("editor")

    photo = kept(editor, site.reference, a_photo() + b"PK\x03\x04<script>alert(1)</script>")

    assert b"script" not in editor.get(photo["url"]).content


def test_a_photo_without_words_is_not_shown_to_others(
    with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")

    answer = send(editor, site.reference, a_photo(), visibility="public")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/alt_sv"


def test_a_removed_file_is_gone_for_readers_and_can_be_brought_back(
    client: TestClient, with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    photo = a_public_photo(editor, site.reference)
    address = f"/api/v1/sites/{site.reference}/files/{photo['id']}"

    assert editor.delete(address).status_code == 204
    assert client.get(photo["url"]).status_code == 404
    assert "photos" not in client.get(f"/api/v1/sites/{site.reference}").json()["properties"]

    tag = editor.get(address).headers["etag"]
    back = editor.patch(address, json={"removed": False}, headers={"If-Match": tag})
    assert (back.status_code, back.json().get("removed_at")) == (200, None)
    assert client.get(photo["url"]).status_code == 200


def test_files_are_put_in_order(with_token: SignIn, databases: Databases) -> None:
    site, editor = a_site(databases), with_token("editor")
    address = f"/api/v1/sites/{site.reference}/files"
    ids = [
        kept(editor, site.reference, a_photo(colour=one))["id"] for one in ("red", "tan", "navy")
    ]

    editor.patch(f"{address}/{ids[2]}", json={"position": 1}, headers={"If-Match": '"1-file"'})

    photos = editor.get(address).json()["photos"]
    assert [one["id"] for one in photos] == [ids[2], ids[0], ids[1]]


def test_whoever_wrote_second_is_told_so(with_token: SignIn, databases: Databases) -> None:
    site, editor = a_site(databases), with_token("editor")
    photo = kept(editor, site.reference, a_photo())
    address = f"/api/v1/sites/{site.reference}/files/{photo['id']}"
    first = editor.patch(address, json={"alt_sv": "En åker"}, headers={"If-Match": '"1-file"'})
    second = editor.patch(address, json={"alt_sv": "Ett fält"}, headers={"If-Match": '"1-file"'})

    assert (first.status_code, second.status_code) == (200, 412)
    assert editor.patch(address, json={"alt_sv": "Ett fält"}).status_code == 428


@pytest.mark.parametrize(
    ("role", "municipality", "status"),
    [("editor", "2180", 403), ("investor", None, 403), ("project", None, 403)],
)
def test_only_those_who_write_the_site_add_to_it(
    with_token: SignIn, databases: Databases, role: str, municipality: str | None, status: int
) -> None:
    site = a_site(databases)

    assert send(with_token(role, municipality), site.reference, a_photo()).status_code == status


def test_a_stranger_sends_nothing(client: TestClient, databases: Databases) -> None:
    site = a_site(databases)

    assert send(client, site.reference, a_photo()).status_code == 401


def test_a_request_beyond_the_limit_of_its_address_is_refused_unread(
    with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    headers = {"Content-Length": "251000000", "Content-Type": "multipart/form-data; boundary=x"}

    answer = editor.post(f"/api/v1/sites/{site.reference}/files", content=b"", headers=headers)

    assert answer.status_code == 413
    assert "250 MB" in answer.json()["detail"]


def test_a_changed_photo_changes_the_tag_of_the_site(
    client: TestClient, with_token: SignIn, databases: Databases
) -> None:
    site = a_site(databases)
    before = client.get(f"/api/v1/sites/{site.reference}").headers["etag"]

    a_public_photo(with_token("editor"), site.reference)

    after = client.get(f"/api/v1/sites/{site.reference}", headers={"If-None-Match": before})
    assert after.status_code == 200


def test_files_are_sent_and_described_without_script(
    signed_in: SignIn, client: TestClient, databases: Databases
) -> None:
    site, editor = a_site(databases), signed_in("editor")
    page = f"/workspace/sites/{site.reference}?theme=files"
    address = f"/workspace/sites/{site.reference}/files"
    token = open_form(editor, page, address)["csrf_token"][0]
    sent = [("file", ("Vy.jpg", a_photo())), ("file", ("Plan.pdf", a_pdf()))]

    editor.post(address, data={"csrf_token": token}, files=sent)
    form = open_form(editor, page, f"{address}/changes")
    [alt] = [name for name in form if name.endswith("-alt_sv")]
    form[alt] = [PICTURE_ALT]
    form |= {name: ["public"] for name in form if name.endswith("-visibility")}
    saved = editor.post(f"{address}/changes", data=form)

    assert "Sparat" in saved.text
    shown = client.get(f"/sites/{site.reference}").text
    assert f'alt="{PICTURE_ALT}"' in shown
    assert "2 sidor" in shown


def test_a_form_with_a_bad_file_keeps_the_good_ones_and_tells_of_the_bad(
    signed_in: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), signed_in("editor")
    address = f"/workspace/sites/{site.reference}/files"
    page = f"/workspace/sites/{site.reference}?theme=files"
    token = open_form(editor, page, address)["csrf_token"][0]
    sent = [("file", ("Plan.pdf", a_pdf())), ("file", ("bild.svg", b"<svg/>"))]

    answer = editor.post(address, data={"csrf_token": token}, files=sent)

    assert answer.status_code == 415
    assert "1 fil är uppladdad" in answer.text
    assert "bild.svg är inte av en typ som tas emot" in answer.text


def test_a_photo_is_not_made_public_in_the_form_without_words(
    signed_in: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), signed_in("editor")
    form = form_with_a_photo(editor, site.reference)
    form |= {name: ["public"] for name in form if name.endswith("-visibility")}

    answer = editor.post(f"/workspace/sites/{site.reference}/files/changes", data=form)

    assert answer.status_code == 422
    assert "Beskriv på svenska vad bilden visar" in answer.text


def test_removing_saves_what_was_typed_and_can_be_undone(
    signed_in: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), signed_in("editor")
    address = f"/workspace/sites/{site.reference}/files/changes"
    form = form_with_a_photo(editor, site.reference)
    [alt] = [name for name in form if name.endswith("-alt_sv")]
    file_id = alt.split("-")[1]

    removed = editor.post(address, data={**form, alt: [PICTURE_ALT], "remove": file_id})
    token = form["csrf_token"]
    back = editor.post(address, data={"csrf_token": token, "restore": file_id})

    assert "Filen är borttagen" in removed.text
    assert PICTURE_ALT in back.text
    assert "Tog tillbaka flygbild.jpg" in " ".join(back.text.split())


def form_with_a_photo(editor: TestClient, reference: str) -> dict[str, list[str]]:
    address = f"/workspace/sites/{reference}/files"
    page = f"/workspace/sites/{reference}?theme=files"
    token = open_form(editor, page, address)["csrf_token"][0]
    sent = {"file": ("flygbild.jpg", a_photo())}
    answer = editor.post(address, data={"csrf_token": token}, files=sent)
    return form_of(answer.text, f"{address}/changes")


def test_a_file_of_sites_gives_whole_addresses_that_lead_to_the_photos(
    client: TestClient, with_token: SignIn, databases: Databases
) -> None:
    site = a_site(databases)
    a_public_photo(with_token("editor"), site.reference)

    row = next(csv.DictReader(StringIO(client.get("/api/v1/sites?format=csv").text)))
    [photo] = json.loads(row["photos"])

    assert photo["url"].startswith("http://127.0.0.1:8000/files/")
    assert client.get(photo["thumbnails"]["960"]).status_code == 200


def test_a_colleague_s_words_are_not_written_over_unseen(
    signed_in: SignIn, with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), signed_in("editor")
    form = form_with_a_photo(editor, site.reference)
    [alt] = [name for name in form if name.endswith("-alt_sv")]
    colleague = with_token("publisher")
    one = f"/api/v1/sites/{site.reference}/files/{alt.split('-')[1]}"
    colleague.patch(one, json={"caption_sv": "Från söder"}, headers={"If-Match": '"1-file"'})

    form[alt] = [PICTURE_ALT]
    answer = editor.post(f"/workspace/sites/{site.reference}/files/changes", data=form)

    assert answer.status_code == 422
    assert "skrev om flygbild.jpg medan du arbetade" in answer.text
    assert colleague.get(one).json()["caption_sv"] == "Från söder"


def test_a_file_is_moved_by_a_button(signed_in: SignIn, databases: Databases) -> None:
    site, editor = a_site(databases), signed_in("editor")
    first = form_with_a_photo(editor, site.reference)
    both = form_with_a_photo(editor, site.reference)
    [last] = [name.split("-")[1] for name in both if name.endswith("-alt_sv") and name not in first]

    address = f"/workspace/sites/{site.reference}/files/changes"
    moved = editor.post(address, data={**both, "move": f"{last}:up"})

    ids = [name.split("-")[1] for name in form_of(moved.text, address) if name.endswith("-alt_sv")]
    assert ids[0] == last


def test_an_uploaded_photo_fills_in_the_field_and_documents_are_asked_for_next(
    with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")

    kept(editor, site.reference, a_photo())

    with databases.writing(ADMIN) as session:
        after = sites.find(session, site.reference)
    asked_for = {step.key for step in next_steps([after], RULES)}
    assert "photos" not in asked_for
    assert "documents" in asked_for


def the_completeness(databases: Databases, reference: str) -> tuple[int, int]:
    """Of the site itself, and as the project's figures count it on that day; per cent."""
    with databases.writing(ADMIN) as session:
        site = sites.find(session, reference)
        [known] = site_counts(session, LATER, ShelfLife())
    return int(str(site.values["completeness_pct"])), known.percent


def test_uploads_count_as_filled_in_once_each_kind_and_no_longer_when_removed(
    with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    known = {"state": "not_applicable"}
    tag = editor.get(f"/api/v1/sites/{site.reference}").headers["etag"]
    given = {field.key: known for field in counted_fields() if field.factual}
    editor.patch(
        f"/api/v1/sites/{site.reference}",
        json={key: said for key, said in given.items() if key not in site.provenance},
        headers={"If-Match": tag},
    )
    with databases.writing(ADMIN) as session:
        fields = total(sites.find(session, site.reference).completeness).applicable
    without = the_completeness(databases, site.reference)

    first = kept(editor, site.reference, a_photo())
    with_one = the_completeness(databases, site.reference)
    kept(editor, site.reference, a_photo((640, 480)), name="igen.jpg")
    with_two = the_completeness(databases, site.reference)
    kept(editor, site.reference, a_pdf(), name="plan.pdf")
    whole = the_completeness(databases, site.reference)
    editor.delete(f"/api/v1/sites/{site.reference}/files/{first['id']}")

    assert without == (round(100 * (fields - 2) / fields),) * 2
    assert with_one == with_two != without
    assert whole == (100, 100)
    assert the_completeness(databases, site.reference) == whole


def test_an_upload_stands_in_the_sites_history_and_a_past_version_keeps_its_files(
    with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), with_token("editor")
    photo = a_public_photo(editor, site.reference, caption_sv="Före")
    editor.delete(f"/api/v1/sites/{site.reference}/files/{photo['id']}")

    with databases.writing(ADMIN) as session:
        gone, added = history.versions(session, site.reference, limit=2)
        then = history.at_version(session, site.reference, added.number)
        now = sites.find(session, site.reference)

    assert {*gone.keys} == {*added.keys} == {"photos", "completeness_pct"}
    assert then is not None
    assert [one.caption_sv for one in then.files] == ["Före"]
    assert (now.files, now.version) == ((), gone.number)


def test_the_history_and_the_review_name_the_file_and_what_was_said_of_it(
    signed_in: SignIn, with_token: SignIn, databases: Databases
) -> None:
    site, program = a_site(databases), with_token("editor")
    photo = a_public_photo(program, site.reference, caption_sv="Från söder")
    address = f"/api/v1/sites/{site.reference}/files/{photo['id']}"
    tag = program.get(address).headers["etag"]
    program.patch(address, json={"caption_sv": "Från norr"}, headers={"If-Match": tag})
    publisher = signed_in("publisher")
    reviewed = publisher.get(f"/workspace/sites/{site.reference}/review").text
    program.delete(address)

    page = publisher.get(f"/workspace/sites/{site.reference}/history").text
    told = program.get(f"/api/v1/sites/{site.reference}/history").json()["versions"]

    assert "Bild tillagd: Från söder" in page
    assert "Bild beskriven på nytt: Från norr" in page
    assert "Text: Från söder" in page
    assert "Bild borttagen: Från norr" in page
    assert "Bild: Från norr" in reviewed
    captions = [[(one["old"] or {}).get("caption"), (one["new"] or {}).get("caption")]
                for version in told[:3] for one in version["files"]]  # fmt: skip
    assert captions == [["Från norr", None], ["Från söder", "Från norr"], [None, "Från söder"]]


def test_a_form_opened_before_a_photo_came_is_saved_without_a_question(
    signed_in: SignIn, with_token: SignIn, databases: Databases
) -> None:
    site, editor = a_site(databases), signed_in("editor")
    address = f"/workspace/sites/{site.reference}?theme=power"
    texts = open_form(editor, address, address)

    kept(with_token("publisher"), site.reference, a_photo())
    saved = editor.post(address, data=texts | {"power_now_mw": ["11,5"]})

    assert saved.status_code == 200
    with databases.writing(ADMIN) as session:
        after = sites.find(session, site.reference)
    assert (after.values["power_now_mw"], len(after.files)) == (11.5, 1)


def test_the_files_of_a_draft_that_lacks_nothing_are_shown(
    signed_in: SignIn, databases: Databases
) -> None:
    site = a_site(databases, status="draft")

    page = signed_in("editor").get(f"/workspace/sites/{site.reference}?theme=files")

    assert page.status_code == 200
    assert "Allt som krävs för att publicera finns." in page.text
