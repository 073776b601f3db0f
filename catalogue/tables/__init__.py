"""The tables, as SQLAlchemy knows them; `migrations/` makes them, a test holds the two together.

A table belongs to one module of this folder, and is named here for whoever uses it.
"""

from catalogue.tables.access import access_request, investor_access, registered_view
from catalogue.tables.accounts import access_token, account, sign_in_session
from catalogue.tables.administration import audit_event, job_failure, relisting, setting_change
from catalogue.tables.alerts import alert, alert_link
from catalogue.tables.anchoring import (
    anchoring,
    anchoring_letter,
    anchoring_version,
    meeting,
    meeting_attendance,
)
from catalogue.tables.columns import LISTED_FIELDS, NAME_KEYS, SITE_VALUE_FIELDS, metadata
from catalogue.tables.counted_versions import counted_version
from catalogue.tables.enquiries import enquiry, enquiry_step
from catalogue.tables.files import file_public, file_registered, site_file, site_file_version
from catalogue.tables.geodata import geodata_upload
from catalogue.tables.hours import (
    activity,
    hours_entry,
    hours_import,
    hours_lock,
    hours_reminder,
)
from catalogue.tables.identity_providers import claim_mapping, external_identity, identity_provider
from catalogue.tables.imports import import_job
from catalogue.tables.indicators import indicator, indicator_reading, indicator_version
from catalogue.tables.listings import (
    listing_public,
    listing_registered,
    municipality_listing_public,
    municipality_listing_registered,
)
from catalogue.tables.organisations import organisation, service_area
from catalogue.tables.questions import question, question_answer, question_document, question_link
from catalogue.tables.report_sendings import report_sending
from catalogue.tables.requests import client_request, client_request_version
from catalogue.tables.search_uses import search_use, search_use_site
from catalogue.tables.searches import saved_search
from catalogue.tables.second_factors import recovery_code, second_factor
from catalogue.tables.shared_lists import shared_list
from catalogue.tables.sign_in import account_link, sign_in_event
from catalogue.tables.sites import (
    municipality,
    municipality_area,
    municipality_version,
    site,
    site_version,
)
from catalogue.tables.snapshots import reporting_reminder, snapshot, snapshot_file
from catalogue.tables.surroundings import catalogue_state, layer_feature, reference_word
from catalogue.tables.workflow import form_draft, site_comment, site_notice

__all__ = [
    "LISTED_FIELDS", "NAME_KEYS", "SITE_VALUE_FIELDS", "access_request", "access_token", "account",
    "account_link", "activity", "alert", "alert_link", "anchoring",
    "anchoring_letter", "anchoring_version", "audit_event", "catalogue_state",
    "claim_mapping", "client_request", "client_request_version",
    "counted_version", "enquiry", "enquiry_step",
    "external_identity", "file_public",
    "file_registered", "form_draft", "geodata_upload", "hours_entry", "hours_import", "hours_lock",
    "hours_reminder", "identity_provider", "import_job", "indicator", "indicator_reading",
    "indicator_version", "investor_access", "job_failure", "layer_feature", "listing_public",
    "listing_registered", "meeting", "meeting_attendance", "metadata", "municipality", "municipality_area",
    "municipality_listing_public", "municipality_listing_registered", "municipality_version",
    "organisation", "question", "question_answer", "question_document", "question_link",
    "recovery_code", "reference_word", "registered_view", "relisting",
    "report_sending", "reporting_reminder", "saved_search",
    "search_use", "search_use_site", "second_factor", "service_area",
    "setting_change", "shared_list", "sign_in_event",
    "sign_in_session", "site", "site_comment", "site_file", "site_file_version", "site_notice",
    "site_version", "snapshot",
    "snapshot_file",
]  # fmt: skip
