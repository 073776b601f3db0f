"""How every route, table and job meets somebody from another municipality.

One line each: whoever adds a route, a table or a job says here how it is guarded, and
`test_municipal_walls.py` tries it. The strangers edit and publish Bollnäs (2183); what they are
after belongs to Gävle (2180): two sites, one of them a draft, hours and a profile, all of them
with the secret word in it.

In addresses, bodies and forms, `{import_id}` is a file they sent, `{reference}` is the draft,
`{published}` the published site, `{site_id}` the draft's number, `{code}` Gävle, `{search_id}` a
search saved there and `{hours_id}` hours entered there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalogue.comparisons.comparison_files import FORMATS as COMPARISON_FORMATS
from catalogue.exports import FORMATS

Sent = Mapping[str, object]


@dataclass(frozen=True)
class Wall:
    """What a stranger sends to a route, and how it must end.

    In every case the secret word is not in the answer and no table has changed.
    """

    is_closed: bool
    """Only 403 or 404 will do; otherwise any answer but a fault of ours."""
    path: Sent
    """The parts of the address that are not `reference`, `code` or `site_id`."""
    queries: Sequence[Sent]
    """One request for each."""
    body: Sent | None
    """JSON."""
    form: Sent | None
    writes: frozenset[str]
    """Tables where the stranger's own rows may change; Gävle's may not, here either."""


def closed(
    *queries: Sent, body: Sent | None = None, form: Sent | None = None, **path: object
) -> Wall:
    """The stranger is turned away."""
    return Wall(True, path, queries or ({},), body, form, frozenset())


def common(
    *queries: Sent,
    body: Sent | None = None,
    form: Sent | None = None,
    writes: Sequence[str] = (),
    **path: object,
) -> Wall:
    """The stranger is answered, with nothing of the others' in it."""
    return Wall(False, path, queries or ({},), body, form, frozenset(writes))


HOURS = {
    "municipality": "{code}",
    "month": "2026-05",
    "role": "x",
    "hours": 1,
    "activity": "meeting",
}
SECRET_PERSON = "Kvarnvred7731"
"""Whose name stands in the hours; the secret word itself."""
SEARCHES = (
    {},
    *({"format": name} for name in FORMATS),
    {"municipality": "2180", "status": "draft"},
)

ROUTES: dict[str, Wall] = {
    # The service itself
    "GET /health/live": common(),
    "GET /health/ready": common(),
    # Public pages
    "GET /": common({}, {"municipality": "2180"}),
    "GET /about/data": common(),
    "GET /about/accessibility": common(),
    "GET /about/privacy": common(),
    "GET /municipalities": common(),
    "GET /municipalities/{code}": common(),
    "GET /sites/{reference}": closed(),
    "GET /compare": common(
        {"reference": "{reference}"},
        {"reference": "{published},{reference}"},
        {"reference": "{published},{reference}", "format": "xlsx"},
        {"add": "{reference}"},
    ),
    "GET /shortlist": common({}, {"reference": "{published},{reference}"}),
    "POST /shortlist/workbook": common(
        form={"reference": "{published},{reference}", "note-{reference}": "x"}
    ),
    "GET /shared/new": common({"reference": "{published},{reference}"}),
    "POST /shared/new": common(form={"reference": "{published},{reference}"}),
    "POST /shared": common(
        form={"reference": "{published}", "days": "7", "note-{published}": "x"},
        writes=["shared_list"],
    ),
    "GET /shared/{token}": closed(token="x" * 43),
    "POST /shared/{token}": closed(form={"password": "x"}, token="x" * 43),
    "GET /shared/manage/{secret}": closed(secret="x" * 43),
    "POST /shared/manage/{secret}/removal": closed(form={}, secret="x" * 43),
    "GET /account/shared": common(),
    "POST /account/shared/{number}/removal": closed(form={}, number="{shared_id}"),
    "GET /api/v1/comparisons": common(
        *({"reference": "{published},{reference}", "format": name} for name in COMPARISON_FORMATS),
        {"reference": "{published}", "format": "pdf"},
        {"reference": "{published}"},
    ),
    # A client's request against the published sites
    "GET /match": common({}, {"asked": "x"}),
    "GET /match/requirements": common({}, {"asked": "x"}),
    "POST /match/requirements": common(form={"key-new-0": "area_net_ha min", "value-new-0": "1"}),
    "GET /match/pack": common({"asked": "x"}),
    "POST /match": common(form={"text": "60 ha"}),
    "POST /api/v1/matches": common(
        {},
        {"limit": "100"},
        body={"requirements": [{"key": "area_net_ha", "op": "min", "value": 1}]},
    ),
    "GET /sites/{reference}.pdf": closed({}, {"lang": "en"}),
    # The register of clients' requests
    "GET /requests": closed({}, {"outcome": "open"}),
    "GET /requests/new": closed(),
    "POST /requests/new": closed(form={"code_name": "x", "received_on": "2026-05-01"}),
    "GET /requests/{number}": closed(number="{request_id}"),
    "POST /requests/{number}": closed(form={"version": "1", "note": "x"}, number="{request_id}"),
    "GET /workspace/offered": common({}, {"municipality": "{code}"}),
    "GET /api/v1/requests": closed(),
    "GET /api/v1/requests/offered": common({}, {"municipality": "{code}"}),
    "POST /api/v1/requests": closed(body={"code_name": "x", "received_on": "2026-05-01"}),
    "GET /api/v1/requests/{number}": closed(number="{request_id}"),
    "PATCH /api/v1/requests/{number}": closed(body={"note": "x"}, number="{request_id}"),
    "GET /sites/{reference}/map.png": closed(),
    "GET /sitemap.xml": common(),
    "GET /robots.txt": common(),
    "GET /static/bundles/{name}": common(name="base.css"),
    # Accounts
    "GET /sign-in": common(),
    "POST /sign-in": common(
        form={"email": "x@example.se", "password": "x"}, writes=["sign_in_event"]
    ),
    "POST /sign-out": common(form={}),
    "GET /admin/identity-providers": closed(),
    "POST /admin/identity-providers": closed(form={"label": "x"}),
    "GET /admin/identity-providers/{number}": closed(number=1),
    "POST /admin/identity-providers/{number}": closed(form={"label": "x"}, number=1),
    "POST /admin/identity-providers/{number}/mappings": closed(
        form={"claim_value": "x", "role": "editor", "municipality": "{code}"}, number=1
    ),
    "POST /admin/identity-providers/{number}/mappings/{mapping}/remove": closed(
        form={}, number=1, mapping=1
    ),
    "POST /admin/identity-providers/{number}/links": closed(
        form={"subject": "x", "email": "editor.2180@example.se"}, number=1
    ),
    "GET /sign-in/provider/{number}": closed(number=999999999),
    "GET /sign-in/provider/{number}/callback": closed(number=999999999),
    "GET /sign-out/provider/{number}": closed(number=999999999),
    "GET /sign-in/code": common(),
    "POST /sign-in/code": common(form={"code": "123456"}),
    "GET /account/second-factor": common(),
    "POST /account/second-factor": common(form={"sealed": "x", "code": "123456"}),
    "POST /account/second-factor/change": common(form={"do": "off", "factor_proof": "x"}),
    "GET /account": common(),
    "POST /account": common(
        form={"name": "Någon annan", "language": "en"}, writes=["account", "audit_event"]
    ),
    "GET /account/security": common(),
    "POST /account/password": common(form={"old_password": "x", "password": "y"}),
    "POST /account/sessions": common(form={"number": "1"}),
    "GET /account/tokens": common(),
    "POST /account/tokens": common(
        form={"name": "x", "scope": "read", "days": "1"}, writes=["access_token", "audit_event"]
    ),
    "POST /account/tokens/{number}/revoke": closed(form={}, number=999999999),
    "GET /account/forgotten": common(),
    "POST /account/forgotten": common(
        form={"email": "editor.2180@example.se"}, writes=["procrastinate_jobs"]
    ),
    "GET /account/invitation/{secret}": closed(secret="x"),
    "POST /account/invitation/{secret}": closed(form={"password": "x"}, secret="x"),
    "GET /account/reset/{secret}": closed(secret="x"),
    "POST /account/reset/{secret}": closed(form={"password": "x"}, secret="x"),
    "GET /account/searches": common({}, {"save": "text=x"}),
    "POST /account/searches": common(
        form={"name": "x", "query": "text=x"}, writes=["saved_search"]
    ),
    "GET /account/searches/{number}": closed(number="{search_id}"),
    "POST /account/searches/{number}": closed(form={"name": "x"}, number="{search_id}"),
    "POST /account/searches/{number}/removal": closed(form={}, number="{search_id}"),
    "GET /api/v1/saved-searches": common(),
    "POST /api/v1/saved-searches": common(
        body={"name": "x", "query": "text=x"}, writes=["saved_search"]
    ),
    "GET /api/v1/saved-searches/{number}": closed(number="{search_id}"),
    "PATCH /api/v1/saved-searches/{number}": closed(body={"name": "x"}, number="{search_id}"),
    "DELETE /api/v1/saved-searches/{number}": closed(number="{search_id}"),
    # Progress and hours
    "GET /search/reasons/{reference}": closed(),
    "GET /progress/definitions": common(),
    "GET /progress/demand": closed(),
    "GET /api/v1/progress/demand": closed({}, {"format": "csv"}),
    "GET /progress/report/send": closed(),
    "POST /progress/report/send": closed(form={"as_of": "2026-10-31"}),
    "GET /progress/snapshots": closed(),
    "POST /progress/snapshots": closed(form={"name": "x", "as_of": "2026-10-31"}),
    "GET /progress/snapshots/{number}": closed(number=1),
    "GET /progress/snapshots/{number}/comparison": closed({"with": 1}, number=1),
    "GET /progress/snapshots/{number}/files/{name}": closed(number=1, name="progress.json"),
    "GET /progress/settings": closed(),
    "GET /progress/indicators": closed(),
    "GET /progress/indicators/new": closed(),
    "POST /progress/indicators/new": closed(form={"name_sv": "x"}),
    "GET /progress/indicators/{number}": closed(number=1),
    "GET /progress/indicators/{number}/edit": closed(number=1),
    "POST /progress/indicators/{number}/edit": closed(form={"name_sv": "x"}, number=1),
    "POST /progress/indicators/{number}/readings": closed(form={"value": "1"}, number=1),
    "GET /api/v1/indicators": closed(),
    "POST /api/v1/indicators": closed(body={"name_sv": "x"}),
    "GET /api/v1/indicators/{number}": closed(number=1),
    "PATCH /api/v1/indicators/{number}": closed(body={"target": 1}, number=1),
    "POST /api/v1/indicators/{number}/readings": closed(body={"value": 1}, number=1),
    "GET /api/v1/snapshots": closed(),
    "POST /api/v1/snapshots": closed(body={"name": "x", "as_of": "2026-10-31"}),
    "GET /api/v1/snapshots/{number}": closed(number=1),
    "GET /api/v1/snapshots/{number}/comparison": closed({"with": 1}, number=1),
    "GET /api/v1/snapshots/{number}/files/{name}": closed(number=1, name="progress.json"),
    "GET /progress/anchoring": common(),
    "GET /progress/anchoring/{code}": closed(),
    "POST /progress/anchoring/{code}": closed(form={"version": "1", "deputy_role": "x"}),
    "GET /progress/anchoring/{code}/letter": closed(),
    "POST /progress/anchoring/{code}/letter": closed(form={"to": "x@example.se"}),
    "GET /progress/anchoring/meetings": common(),
    "POST /progress/anchoring/meetings": closed(
        form={"held_on": "2026-05-01", "kind": "other", "there": "{code}"}
    ),
    "POST /progress/anchoring/meetings/lines": closed(
        form={"lines": "2026-05-01; other; x; {code}"}
    ),
    "GET /progress/anchoring/meetings/{number}": closed(number="{meeting_id}"),
    "POST /progress/anchoring/meetings/{number}": closed(
        form={"held_on": "2026-05-01", "kind": "other", "there": "{code}"}, number="{meeting_id}"
    ),
    "POST /progress/anchoring/meetings/{number}/withdrawal": closed(form={}, number="{meeting_id}"),
    "GET /progress": common(),
    "GET /progress/waiting": common({}, {"who": "Ellevio"}, {"theme": "power"}),
    "GET /progress/report": common(),
    "GET /progress/report.pdf": common(),
    "GET /progress/sites": common({}, {"municipality": "2180"}, {"status": "draft"}),
    "GET /progress/report.xlsx": common(),
    "GET /progress/behind": common({"figure": "sites"}, {"figure": "area_net_ha", "page": "1"}),
    "GET /hours": common({}, {"municipality": "2180"}),
    "POST /hours": closed(form=HOURS),
    "GET /hours/months": common({}, {"municipality": "2180"}),
    "POST /hours/months": closed(
        form={"municipality": "{code}", "role": "x", "h.2026-05.meeting": "1"}
    ),
    "GET /hours/rows": common({}, {"municipality": "2180"}),
    "POST /hours/rows": closed(
        form={
            "municipality": "{code}",
            "rows": "1",
            "r0.month": "2026-05",
            "r0.hours": "1",
            "r0.activity": "meeting",
            "r0.role": "x",
        }
    ),
    "GET /hours/export": common({"municipality": "2180"}, {"format": "csv"}),
    "POST /hours/attest": closed(
        form={"municipality": "{code}", "month": "2026-11", "entry": "{hours_id}"}
    ),
    "GET /hours/entries/{number}/correction": closed(number="{hours_id}"),
    "POST /hours/entries/{number}/correction": closed(
        form={"hours": "0", "note": "x"}, number="{hours_id}"
    ),
    "GET /hours/locks": closed(),
    "POST /hours/locks": closed(form={"municipality": "{code}", "month": "2026-05"}),
    "GET /hours/names": common(),
    "POST /hours/names": closed(form={"name": SECRET_PERSON, "municipality": "{code}"}),
    "GET /hours/import": common({}, {"municipality": "2180"}),
    "POST /hours/import": common({"municipality": "2180"}, form={}),
    "GET /hours/import/template": common({}, {"municipality": "2180"}),
    "GET /hours/import/{number}": closed(number="{hours_import_id}"),
    "POST /hours/import/{number}/confirm": closed(form={}, number="{hours_import_id}"),
    "POST /hours/import/{number}/removal": closed(form={}, number="{hours_import_id}"),
    # Workspace
    "GET /workspace": common({}, {"municipality": "2180"}),
    "POST /workspace/hours": closed(form=HOURS),
    "POST /workspace/hours/{number}/removal": closed(form={}, number="{hours_id}"),
    "GET /workspace/profile": common({}, {"municipality": "2180"}),
    "POST /workspace/profile": common({"municipality": "2180"}, form={"version": "1"}),
    "GET /workspace/profile/history": common({}, {"municipality": "2180"}),
    "GET /workspace/profile/history/compare": common(
        {"old": "1", "new": "2", "municipality": "2180"}
    ),
    "POST /workspace/profile/restorations": common(
        {"municipality": "2180"}, form={"version": "2", "restored": "1", "reason": "x"}
    ),
    "GET /workspace/sites/new": common({"municipality": "2180"}),
    "POST /workspace/sites/new": common(form={"municipality": "{code}", "name_sv": "x"}),
    "GET /workspace/sites/{reference}": closed({}, {"theme": "outline"}, {"theme": "power"}),
    "POST /workspace/sites/{reference}": closed(
        form={"version": "1", "keys": "name_sv", "name_sv": "Nytt namn"}
    ),
    "GET /workspace/sites/{reference}/transitions": common(),
    "POST /workspace/sites/{reference}/transitions": closed(
        form={"version": "1", "to": "in_review"}
    ),
    "GET /workspace/sites/{reference}/outline": common(),
    "POST /workspace/sites/{reference}/outline": closed(
        form={"version": "1", "outline-text": "60.7 16.9\n60.7 16.91\n60.71 16.91"}
    ),
    # Imports
    "GET /workspace/import": common({}, {"municipality": "2180"}),
    "POST /workspace/import": common({"municipality": "2180"}, form={}),
    "GET /workspace/import/template": common({}, {"municipality": "2180"}),
    "GET /workspace/import/{import_id}": closed(),
    "GET /workspace/import/{import_id}/confirm": closed(),
    "POST /workspace/import/{import_id}/confirm": closed(form={}),
    "GET /workspace/import/{import_id}/reading": closed(),
    "POST /workspace/import/{import_id}/reading": closed(form={"reading": "3006"}),
    "GET /workspace/import/{import_id}/report.xlsx": closed(),
    "GET /api/v1/imports": closed({"municipality": "2180"}),
    "POST /api/v1/imports": closed(
        {"municipality": "2180", "dry_run": "true"}, {"municipality": "2180"}, body={"type": "x"}
    ),
    "GET /api/v1/imports/template": closed(
        {"municipality": "2180"}, {"municipality": "2180", "format": "csv"}
    ),
    "GET /api/v1/imports/{import_id}": closed(),
    "POST /api/v1/imports/{import_id}/confirm": closed(),
    "GET /api/v1/imports/{import_id}/report.xlsx": closed(),
    "GET /workspace/sites/{reference}/history": closed(
        {}, {"as_of": "2026-11-02"}, {"version": "1"}
    ),
    "GET /workspace/sites/{reference}/history/compare": closed({"old": "1", "new": "1"}),
    "POST /workspace/drafts": closed(
        form={"place": "{reference}/power", "version": "1", "before": "a=1", "texts": "a=2"}
    ),
    "GET /workspace/sites/{reference}/review": closed(),
    "GET /workspace/sites/{reference}/comments": common(),
    "POST /workspace/sites/{reference}/comments": closed(form={"text": "x"}),
    "GET /workspace/sites/{reference}/comments/{comment_id}": common(comment_id=1),
    "POST /workspace/sites/{reference}/comments/{comment_id}": closed(form={}, comment_id=1),
    "POST /workspace/sites/{reference}/restorations": closed(
        form={"version": "1", "restored": "1", "keys": "name_sv", "reason": "x"}
    ),
    "GET /workspace/sites/{reference}/second-reading": common(),
    "POST /workspace/sites/{reference}/second-reading": closed(form={"version": "1"}),
    "GET /workspace/sites/{reference}/files": common(),
    "POST /workspace/sites/{reference}/files": closed(form={}),
    "GET /workspace/sites/{reference}/files/changes": common(),
    "POST /workspace/sites/{reference}/files/changes": closed(
        form={"file": "{file_id}", "{file_id}-version": "1", "remove": "{file_id}"}
    ),
    "GET /workspace/profile/files": common({}, {"municipality": "{code}"}),
    "POST /workspace/profile/files": common({"municipality": "{code}"}, form={}),
    "GET /workspace/profile/files/changes": common({}, {"municipality": "{code}"}),
    "POST /workspace/profile/files/changes": common(
        {"municipality": "{code}"},
        form={"{file_id}-version": "1", "remove": "{file_id}"},
    ),
    # Photos and documents
    "GET /files/{digest}/{name}": closed(digest="{digest}", name="hemlig.docx"),
    "GET /workspace/sites/{reference}/outline/file": common(),
    "POST /workspace/sites/{reference}/outline/file": closed(form={}),
    "GET /workspace/sites/{reference}/outline/file/{secret}": closed(secret="x"),
    "POST /workspace/sites/{reference}/outline/file/{secret}": closed(
        secret="x", form={"version": "1", "area": "1", "save": "yes"}
    ),
    # Administration
    "GET /admin": closed(),
    "GET /admin/settings": closed(),
    "POST /admin/settings": closed(form={"group": "freshness", "shelf_life_days": "1"}),
    "GET /admin/organisations": closed(),
    "POST /admin/organisations": closed(form={"kind": "grid_owners", "name": "x"}),
    "GET /admin/organisations/{number}": closed(number=1),
    "POST /admin/organisations/{number}": closed(number=1, form={"name": "x"}),
    "POST /admin/organisations/{number}/merge": closed(number=1, form={"into": "2"}),
    "GET /admin/activities": closed(),
    "POST /admin/activities": closed(form={"code": "x1", "label_sv": "x", "label_en": "x"}),
    "GET /admin/activities/{activity}": closed(activity="meeting"),
    "POST /admin/activities/{activity}": closed(form={"label_sv": "x"}, activity="meeting"),
    "POST /admin/activities/{activity}/removal": closed(form={}, activity="training"),
    "GET /admin/users": closed(),
    "GET /admin/users/invite": closed(),
    "POST /admin/users/invite": closed(form={"email": "x@example.se", "role": "admin"}),
    "GET /admin/users/{number}": closed(number=1),
    "POST /admin/users/{number}": closed(number=1, form={"role": "admin"}),
    "POST /admin/users/{number}/sessions": closed(number=1, form={}),
    "POST /admin/users/{number}/invitation": closed(number=1, form={}),
    "POST /admin/users/{number}/second-factor": closed(number=1, form={"factor_reason": "x"}),
    "GET /admin/municipalities": closed(),
    "GET /admin/municipalities/{code}": closed(),
    "POST /admin/municipalities/{code}": closed(form={"served_by": "1"}),
    "GET /admin/jobs": closed(),
    "POST /admin/jobs/{number}": closed(number=1, form={"do": "stop"}),
    "GET /admin/letters": closed(),
    "GET /admin/letters/{name}": closed(name="x"),
    "GET /admin/letters/{name}/html": closed(name="x"),
    "GET /admin/letters/{name}/file": closed(name="x"),
    "GET /admin/audit": closed(),
    "GET /admin/audit.csv": closed(),
    # Questions to those who know
    "GET /workspace/sites/{reference}/questions/new": closed({}, {"theme": "power"}),
    "POST /workspace/sites/{reference}/questions/new": closed(
        form={"fields": "sewage_m3_day", "receiver_name": "x", "receiver_email": "x@example.se"}
    ),
    "GET /workspace/profile/questions/new": common({}, {"municipality": "2180"}),
    "POST /workspace/profile/questions/new": common(
        {"municipality": "2180"}, form={"fields": "grid_situation", "receiver_name": "x"}
    ),
    "GET /workspace/questions": common({}, {"municipality": "{code}"}, {"stage": "answered"}),
    "GET /workspace/questions/{number}": closed(number="{question_id}"),
    "GET /workspace/questions/{number}/document": closed(number="{question_id}"),
    "POST /workspace/questions/{number}/decisions": closed(
        form={"version": "1", "power_now_mw-decision": "accept"}, number="{question_id}"
    ),
    "POST /workspace/questions/{number}/reminders": closed(form={}, number="{question_id}"),
    "POST /workspace/questions/{number}/withdrawal": closed(form={}, number="{question_id}"),
    "GET /answer/{token}": closed(token="x" * 43),
    "POST /answer/{token}": closed(form={"name": "x"}, token="x" * 43),
    # Registered investors
    "GET /register": common({}, {"reference": "{reference}"}),
    "POST /register": common(form={"name": "x"}),
    "GET /register/sent": common(),
    "GET /register/confirm/{token}": common(token="x" * 43),
    "POST /register/confirm/{token}": closed(form={}, token="x" * 43),
    "GET /admin/access-requests": closed(),
    "GET /admin/access-requests/{number}": closed(number=1),
    "POST /admin/access-requests/{number}": closed(form={"do": "approve"}, number=1),
    "GET /admin/investors/{number}": closed(number=1),
    "POST /admin/investors/{number}": closed(form={"do": "revoke"}, number=1),
    "GET /workspace/views": common({}, {"reference": "{reference}"}),
    # Alerts
    "GET /alerts/new": common({}, {"municipality": "2180"}),
    "POST /alerts/new": common(form={"email": "x", "frequency": "daily"}),
    "GET /alerts/asked": common(),
    "GET /alerts/confirm/{token}": common(token="x" * 43),
    "POST /alerts/confirm/{token}": closed(form={}, token="x" * 43),
    "GET /alerts/end/{token}": common(token="x" * 43),
    "POST /alerts/end/{token}": common(form={}, token="x" * 43),
    "GET /feed.atom": common({}, {"municipality": "2180"}),
    "POST /account/searches/{number}/alert": closed(
        form={"frequency": "daily"}, number="{search_id}"
    ),
    # Enquiries
    "GET /enquiries/new": closed({"reference": "{reference}"}),
    "POST /enquiries/new": common(form={"reference": "{reference}", "message": "x"}),
    "GET /enquiries/sent": closed({"reference": "{reference}"}),
    "GET /enquiries/confirm/{token}": common(token="x" * 43),
    "POST /enquiries/confirm/{token}": closed(form={}, token="x" * 43),
    "GET /workspace/enquiries": common({}, {"municipality": "{code}"}, {"status": "answered"}),
    "GET /workspace/enquiries/{number}": closed(number="{enquiry_id}"),
    "POST /workspace/enquiries/{number}": closed(
        form={"status": "spam", "note": "x"}, number="{enquiry_id}"
    ),
    "GET /api/v1/enquiries": common({}, {"municipality": "{code}"}),
    "GET /api/v1/enquiries/{number}": closed(number="{enquiry_id}"),
    "PATCH /api/v1/enquiries/{number}": closed(body={"status": "spam"}, number="{enquiry_id}"),
    "POST /api/v1/enquiries": closed(
        body={
            "references": ["{reference}"],
            "name": "x",
            "organisation": "x",
            "email": "x@example.se",
            "message": "x",
            "consent": True,
        }
    ),
    # API
    "GET /api/v1/sites": common(*SEARCHES),
    "GET /api/v1/sites.geojson": common(),
    "GET /api/v1/sites/{reference}": closed(),
    "POST /api/v1/sites": closed(body={"municipality": "{code}", "name_sv": "Nytt namn"}),
    "PATCH /api/v1/sites/{reference}": closed(body={"name_sv": "Nytt namn"}),
    "POST /api/v1/sites/{reference}/transitions": closed(body={"to": "in_review"}),
    "GET /api/v1/sites/{reference}/history": closed({}, {"as_of": "2026-11-02"}),
    "GET /api/v1/sites/{reference}/comments": closed(),
    "POST /api/v1/sites/{reference}/comments": closed(body={"text": "x"}),
    "POST /api/v1/sites/{reference}/restorations": closed(body={"version": 1, "reason": "x"}),
    "POST /api/v1/sites/{reference}/second-reading": closed(),
    "GET /api/v1/sites/{reference}/files": closed(),
    "POST /api/v1/sites/{reference}/files": common(form={"visibility": "public"}),
    "GET /api/v1/sites/{reference}/files/{file_id}": closed(file_id="{file_id}"),
    "PATCH /api/v1/sites/{reference}/files/{file_id}": closed(
        body={"caption_sv": "x"}, file_id="{file_id}"
    ),
    "DELETE /api/v1/sites/{reference}/files/{file_id}": closed(file_id="{file_id}"),
    "GET /api/v1/municipalities/{code}/files": common(),
    "POST /api/v1/municipalities/{code}/files": common(form={"visibility": "public"}),
    "GET /api/v1/municipalities/{code}/files/{file_id}": closed(file_id="{profile_file_id}"),
    "PATCH /api/v1/municipalities/{code}/files/{file_id}": closed(
        body={"caption_sv": "x"}, file_id="{profile_file_id}"
    ),
    "DELETE /api/v1/municipalities/{code}/files/{file_id}": closed(file_id="{profile_file_id}"),
    "GET /api/v1/counts": common(),
    "GET /api/v1/map": common({"zoom": "7"}, {"zoom": "14"}),
    "GET /api/v1/layers/{kind}": common(kind="roads"),
    "GET /api/v1/municipalities": common(),
    "GET /api/v1/municipalities/{code}": common(),
    "PATCH /api/v1/municipalities/{code}": closed(body={"tax_rate_pct": 30}),
    "GET /api/v1/progress/series": common(
        {}, {"format": "csv"}, {"municipality": "2180"}, {"figure": "sites", "from": "2026-09"}
    ),
    "GET /api/v1/progress": common({}, {"format": "csv"}, {"format": "xlsx"}),
    "GET /api/v1/progress/changes": common(
        {"figure": "sites"}, {"figure": "known_values", "format": "csv"}
    ),
    "GET /api/v1/questions": common({}, {"municipality": "{code}"}, {"reference": "{reference}"}),
    "POST /api/v1/questions": closed(
        body={
            "reference": "{reference}",
            "fields": ["sewage_m3_day"],
            "receiver_name": "x",
            "receiver_email": "x@example.se",
        }
    ),
    "GET /api/v1/questions/{number}": closed(number="{question_id}"),
    "POST /api/v1/questions/{number}/acceptance": closed(
        body={"accept": ["power_now_mw"]}, number="{question_id}"
    ),
    "POST /api/v1/questions/{number}/reminders": closed(number="{question_id}"),
    "POST /api/v1/questions/{number}/withdrawal": closed(number="{question_id}"),
    "GET /api/v1/anchoring": common({}, {"format": "csv"}),
    "GET /api/v1/anchoring/{code}": closed(),
    "PATCH /api/v1/anchoring/{code}": closed(body={"deputy_role": "x"}),
    "GET /api/v1/meetings": common(),
    "POST /api/v1/meetings": closed(
        body={"held_on": "2026-05-01", "kind": "other", "attended": ["{code}"]}
    ),
    "GET /api/v1/meetings/{number}": common(number="{meeting_id}"),
    "POST /api/v1/meetings/{number}/withdrawal": closed(number="{meeting_id}"),
    "GET /api/v1/hours": common({}, {"municipality": "2180"}),
    "POST /api/v1/hours": closed(body=HOURS),
    "GET /api/v1/hours/activities": common(),
    "GET /api/v1/hours/months": common({}, {"municipality": "2180", "format": "csv"}),
    "POST /api/v1/hours/attest": closed(body={"municipality": "{code}", "month": "2026-11"}),
    "POST /api/v1/hours/{number}/correction": closed(
        body={"hours": 0, "note": "x"}, number="{hours_id}"
    ),
    "GET /api/v1/hours/locks": common(),
    "POST /api/v1/hours/locks": closed(
        body={"municipality": "{code}", "month": "2026-05", "locked": True}
    ),
    "POST /api/v1/hours/names/removal": closed(
        body={"name": SECRET_PERSON, "municipality": "{code}"}
    ),
    "GET /api/v1/hours/imports": common({}, {"municipality": "2180"}),
    "POST /api/v1/hours/imports": closed(
        {"municipality": "2180"}, {"municipality": "2180", "dry_run": "true"}, body={"type": "x"}
    ),
    "GET /api/v1/hours/imports/template": closed({"municipality": "2180"}),
    "GET /api/v1/hours/imports/{number}": closed(number="{hours_import_id}"),
    "POST /api/v1/hours/imports/{number}/confirm": closed(number="{hours_import_id}"),
    "POST /api/v1/hours/imports/{number}/removal": closed(number="{hours_import_id}"),
    "GET /api/v1/api-info": common(),
    "GET /api/v1/openapi.json": common(),
    "GET /api/v1/docs": common(),
}
"""Method and address as the application declares them."""

COMMON_TABLES: dict[str, str] = {
    "access_request": "whoever sent it; row-level security keeps it to the project",
    "investor_access": "the account's; row-level security keeps it to the project and its holder",
    "alert": "whoever asked for it; row-level security keeps it to the job and its holder",
    "alert_link": "read by nobody: a function ends what a link belongs to",
    "activity": "what hours can be spent on, the same for everybody",
    "access_token": "the account's, read to tell who asks before anybody is signed in",
    "account_link": "an account's; row-level security keeps it to sign-in and administrators",
    "account": "read to tell who asks before anybody is signed in",
    "audit_event": "read by administrators alone, changed by nobody",
    "client_request": "the project office's; row-level security keeps it to that",
    "client_request_version": "read by the project office alone, changed by nobody",
    "catalogue_state": "counts the changes of the whole catalogue",
    "job_failure": "read by administrators alone",
    "search_use": "how often conditions are used, counted without saying by whom",
    "search_use_site": "how often a site falls out on a condition; read by the project office alone",
    "report_sending": "read by the project office and administrators alone, changed by nobody",
    "indicator": "read by the project office and administrators alone, changed by nobody",
    "indicator_version": "read by the project office and administrators alone, changed by nobody",
    "indicator_reading": "read by the project office and administrators alone, changed by nobody",
    "reporting_reminder": "which dates letters have told of; kept to the project office and jobs",
    "snapshot": "read by the project office and administrators alone, changed by nobody",
    "snapshot_file": "read by the project office and administrators alone, changed by nobody",
    "meeting": "that it was held is common knowledge in the project; who came is in the attendance",
    "layer_feature": "reference layers, the same for everybody",
    "organisation": "names to choose from, the same for everybody",
    "reference_word": "words to choose from, the same for everybody",
    "external_identity": "read to tell who signs in; row-level security keeps it to that",
    "identity_provider": "the administrator's; row-level security keeps it to sign-in",
    "recovery_code": "an account's; row-level security keeps it to its holder",
    "second_factor": "an account's; row-level security keeps it to its holder",
    "sign_in_event": "an account's; row-level security keeps it to its holder and administrators",
    "relisting": "read by administrators alone",
    "setting_change": "read by administrators alone, changed by nobody",
    "sign_in_session": "the account's, read to tell who asks before anybody is signed in",
}
"""Tables whose rows belong to no municipality, and why that is right."""

READABLE_TABLES: frozenset[str] = frozenset(
    {
        "listing_public",
        "listing_registered",
        "municipality_listing_public",
        "municipality_listing_registered",
        "service_area",
    }
)
"""Tables where Gävle's rows may be read, since they hold what is public, and not be changed."""

OWNERS: dict[str, str] = {
    "form_draft": "place = '{reference}/power'",
    "saved_search": "id = {search_id}",
    "shared_list": "id = {shared_id}",
}
"""Whose a row is, as SQL over `{code}` and `{site_id}`, where no column of the table says so.

A column named `municipality`, `site_id`, `reference` or (of a municipality's table) `code` does.
"""

JOBS: dict[str, str] = {
    "tell_of_access_request": "writes to the project office; takes only the request's number",
    "end_investor_access": "started by the clock; takes no argument of a person's",
    "send_alerts": "started by the clock; tells what the public read side says",
    "tell_of_enquiry": "writes to those whom a message concerns; takes only its number",
    "forget_enquiries": "started by the clock; takes no argument of a person's",
    "remind_of_hours": "started by the clock; takes no argument of a person's",
    "end_reservations": "started by the clock; takes no argument of a person's",
    "remind_of_anchoring": "started by the clock; writes to each municipality's own people",
    "remind_of_questions": "started by the clock; takes no argument of a person's",
    "take_report_snapshot": "started by the clock; takes no argument of a person's",
    "remind_of_report": "started by the clock; writes to the project office",
    "send_status_report": "started by the clock; takes no argument of a person's",
    "count_versions": "started by the clock; counts all versions, each for its own municipality",
    "take_period_snapshot": "started by the clock; takes no argument of a person's",
    "send_letter": "sends a letter that is already written; reads no site",
    "send_password_reset": "writes to the account's own address; reads no site",
    "relist": "makes the listings anew from what is stored; takes only the number of its own row",
    "do_import": "acts as the person who sent or confirmed the file, whose rights it asks for anew",
    "remove_old_imports": "started by the clock; takes no argument of a person's",
    "remove_expired_geodata": "started by the clock; takes no argument of a person's",
    "remove_ended_sessions": "started by the clock; takes no argument of a person's",
    "remove_old_shared_lists": "started by the clock; takes no argument of a person's",
    "remove_unused_files": "started by the clock; removes what no row of anybody's refers to",
    "take_up_stalled_jobs": "started by the clock; takes no argument of a person's",
}
"""Why a person cannot reach across by a job; one that acts for a person acts as that person."""
