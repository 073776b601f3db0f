"""Every setting of an installation, with its default; read once, by whoever starts a process."""

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, AliasChoices, Field, SecretStr, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

A_ROLE = "(editor|publisher|project|investor|admin)"
A_MONTH = "([1-9]|1[0-2])"
AN_ADDRESS = r"[^@\s,;<>]+@[^@\s,;<>]+"


def days_in_order(text: str) -> str:
    """Days such as `2026-04-30,2026-10-31`, each later than the one before."""
    before = date.min
    for one in filter(None, text.split(",")):
        try:
            day = date.fromisoformat(one)
        except ValueError as error:
            raise PydanticCustomError("no_such_day", "no such day", {"day": one}) from error
        if day <= before:
            raise PydanticCustomError("days_out_of_order", "out of order", {"day": one})
        before = day
    return text


class Settings(BaseSettings):
    """Environment variables named `SITEFINDER_*`; the description of each is its documentation."""

    model_config = SettingsConfigDict(
        env_prefix="SITEFINDER_", frozen=True, populate_by_name=True, extra="ignore"
    )

    database_url: str = Field(
        "postgresql+psycopg://sitefinder@/sitefinder",
        description="The primary PostgreSQL, as the owner of the database or a member of its roles",
    )
    read_database_url: str | None = Field(
        None, description="A streaming replica for the read side; the primary where left out"
    )
    data: Path = Field(
        Path(".local"), description="Folder for the private cluster, files and demo sign-ins"
    )
    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(
        8000,
        ge=1,
        le=65535,
        validation_alias=AliasChoices("SITEFINDER_PORT", "PORT", "port"),
        description="Port to listen on; PORT is read too",
    )
    public_url: str | None = Field(
        None,
        description="Address visitors use, for links and secure cookies; the one listened on where left out",
    )
    county: str = Field(
        "21", pattern=r"^\d{2}$", description="County code whose municipalities are seeded"
    )
    reference_prefix: str = Field(
        "GVB", pattern=r"^[A-Z]{2,5}$", description="First part of every site's reference"
    )
    demo: bool = Field(True, description="Whether `seed` adds the example catalogue and accounts")
    pool_size: int = Field(6, ge=1, le=50, description="Database connections per process and role")
    statement_timeout_ms: int = Field(
        15_000, ge=100, description="Longest a query of the read side may run, in milliseconds"
    )
    contact_email: str = Field(
        "sitefinder@example.se",
        pattern=r"^[^@\s]+@[^@\s]+$",
        description="Whom visitors write to about accessibility and personal data",
    )
    smtp_url: str | None = Field(
        None,
        pattern=r"^smtps?://([^@/?#]+@)?[^@/?#]+(\?starttls=(true|false))?$",
        description="Mail server: smtp://user:password@host:587?starttls=true, or smtps:// for TLS"
        " from the start; where left out, letters are kept as files in the folder `mail` of the data",
    )
    mail_from: str = Field(
        "SiteFinder <sitefinder@example.se>",
        pattern=r"[^@\s]@[^@\s]",
        description="Sender of the letters: an address, with a name if wanted",
    )
    session_idle_minutes: int = Field(30, ge=1, description="Idle time that ends a session")
    session_hours: int = Field(8, ge=1, description="Longest a session lasts, in hours")
    sign_in_attempts: str = Field(
        "10/minute", description="Sign-in attempts allowed per address and account"
    )
    sign_in_events_days: int = Field(
        90, ge=1, description="Days that sign-ins and failed attempts are kept"
    )
    second_factor_roles: str = Field(
        "",
        pattern=rf"^({A_ROLE}(,{A_ROLE})*)?$",
        description="Roles that must use two-step sign-in, with commas between them, such as"
        " publisher,project,admin",
    )
    secret_key: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9_-]{43}=$",
        description="Key for second factors and client secrets, 32 bytes as base64url; where left"
        " out, the file `secret.key` of the data, made at first use",
    )
    question_days: int = Field(
        30, ge=1, le=365, description="Days that a link to answer a question holds"
    )
    question_reminder_days: int = Field(
        14, ge=1, le=365, description="Days until an unanswered question is followed by a reminder"
    )
    answer_attempts: str = Field(
        "60/minute", description="Calls to the pages of answers allowed per address"
    )
    form_seconds: int = Field(
        4,
        ge=0,
        description="Seconds under which nobody fills in an open form; faster is suspicious",
    )
    form_hours: int = Field(
        24, ge=1, description="Hours that an open form may stand before it is sent"
    )
    form_attempts: str = Field(
        "10/hour",
        description="Open forms accepted per address and per e-mail address, in each process",
    )
    unconfirmed_days: int = Field(
        7, ge=1, le=90, description="Days that what somebody must confirm by letter is kept waiting"
    )
    enquiry_days: int = Field(
        365, ge=30, description="Days that the personal data of an enquiry are kept"
    )
    enquiry_email: str | None = Field(
        None,
        pattern=r"^[^@\s]+@[^@\s]+$",
        description="The project office's own address for enquiries; where left out, everybody with"
        " the role project is told",
    )
    alert_time: str = Field(
        "07:00",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
        description="Time of day in Sweden from which alerts are sent",
    )
    alert_weekday: int = Field(
        1, ge=1, le=7, description="Day of the weekly alerts, 1 for Monday to 7 for Sunday"
    )
    access_days: int = Field(
        365, ge=1, le=1096, description="Days of access proposed when an investor is approved"
    )
    access_warning_days: int = Field(
        14, ge=1, description="Days before an investor's last day that a letter tells of it"
    )
    view_log_days: int = Field(
        1095, ge=30, description="Days that it is kept what investors have seen"
    )
    anchoring_months: str = Field(
        "",
        pattern=rf"^({A_MONTH}(,{A_MONTH})*)?$",
        description="Months, 1 to 12 with commas between them, in which each municipality is reminded"
        " of what is missing in its anchoring; empty for never",
    )
    anchoring_idle_days: int = Field(
        0,
        ge=0,
        le=1000,
        description="Days without activity in the catalogue after which a municipality is reminded;"
        " 0 for never",
    )
    body_limit_mb: int = Field(20, ge=1, description="Largest request body accepted, in MB")
    import_days: int = Field(
        30, ge=1, description="Days that an imported file and its report are kept"
    )
    files_url: str | None = Field(
        None,
        pattern=r"^s3://[a-z0-9.-]+(/[^?#]*)?(\?[^#]+)?$",
        description="Bucket for photos and documents: s3://bucket/prefix?endpoint=https://host&region=name;"
        " where left out, they are kept in the folder `files` of the data",
    )
    files_key: str | None = Field(None, description="Access key of the bucket")
    files_secret: SecretStr | None = Field(None, description="Secret key of the bucket")
    file_limit_mb: int = Field(50, ge=1, description="Largest photo or document accepted, in MB")
    upload_limit_mb: int = Field(
        250, ge=1, description="Largest request accepted where photos and documents are sent, in MB"
    )
    photo_limit_mpx: int = Field(
        80, ge=1, description="Largest photo accepted, in millions of pixels"
    )
    removed_files_days: int = Field(
        365, ge=0, description="Days that a removed photo or document can be brought back"
    )
    unused_files_hours: int = Field(
        24, ge=0, description="Hours until stored bytes that nothing refers to are removed"
    )
    project_start: date = Field(date(2023, 10, 1), description="First day of the project")
    project_end: date = Field(date(2026, 9, 30), description="Last day of the project")
    baseline_date: date = Field(
        date(2024, 4, 22), description="Day that progress is measured against where none is chosen"
    )
    hours_per_month: float = Field(
        16, ge=0, description="Hours each municipality puts in a month, by the project plan"
    )
    hours_reminder_day: int = Field(
        5,
        ge=0,
        le=28,
        description="Day of the month from which a municipality without hours in the month before"
        " is reminded by letter; 0 for never",
    )
    snapshot_months: str = Field(
        "3,6,9,12",
        pattern=rf"^({A_MONTH}(,{A_MONTH})*)?$",
        description="Months, 1 to 12 with commas between them, at whose end the figures of progress"
        " are frozen; empty for never",
    )
    reporting_dates: Annotated[str, AfterValidator(days_in_order)] = Field(
        "",
        max_length=1_000,
        description="Days that the project reports to its funders for, such as 2026-04-30, in order"
        " with commas between them; none before the project begins",
    )
    reporting_reminder_days: int = Field(
        14,
        ge=0,
        le=90,
        description="Days before a reporting date that a letter reminds the project office; 0 for"
        " never",
    )
    reporting_snapshots: bool = Field(
        True, description="Whether a snapshot is taken the night after each reporting date"
    )
    report_recipients: str = Field(
        "",
        pattern=rf"^({AN_ADDRESS}(, ?{AN_ADDRESS})*)?$",
        description="Addresses of the steering group, with commas between them, that the status"
        " report is sent to",
    )
    report_months: str = Field(
        "3,6,9,12",
        pattern=rf"^({A_MONTH}(,{A_MONTH})*)?$",
        description="Months, 1 to 12 with commas between them, after whose end the status report is"
        " sent on the first working day; empty for by hand only",
    )
    weight_level_1: float = Field(
        1,
        ge=0,
        le=100,
        description="How much a field of level 1, needed before a site is published, counts in"
        " completeness; at least one of the three weights is more than 0",
    )
    weight_level_2: float = Field(
        1, ge=0, le=100, description="How much a field of level 2, asked for in requests, counts"
    )
    weight_level_3: float = Field(
        1, ge=0, le=100, description="How much a field of level 3, asked for in depth, counts"
    )
    shelf_life_power_days: int = Field(
        180, ge=1, description="Days until a value about power counts as stale"
    )
    shelf_life_days: int = Field(
        365, ge=1, description="Days until any other value counts as stale"
    )
    four_eyes: bool = Field(
        False,
        description="Whether a site must be published by another person than the one who changed"
        " or submitted it last, and changes to it read by another afterwards",
    )
    sqlalchemy_echo: bool = Field(False, description="Log every statement, for development")

    @model_validator(mode="after")
    def bucket_has_keys(self) -> "Settings":
        """Without keys the library would ask the machine's own network for some."""
        if self.files_url is not None and not (self.files_key and self.files_secret):
            raise ValueError("SITEFINDER_FILES_URL needs SITEFINDER_FILES_KEY and _FILES_SECRET")
        return self

    @property
    def roles_with_second_factor(self) -> frozenset[str]:
        return frozenset(self.second_factor_roles.split(",")) - {""}

    @property
    def snapshot_months_set(self) -> frozenset[int]:
        return frozenset(int(month) for month in self.snapshot_months.split(",") if month)

    @property
    def reporting_days(self) -> tuple[date, ...]:
        return tuple(date.fromisoformat(one) for one in self.reporting_dates.split(",") if one)

    @property
    def report_months_set(self) -> frozenset[int]:
        return frozenset(int(month) for month in self.report_months.split(",") if month)

    @property
    def report_recipients_list(self) -> list[str]:
        """Each address once, in the order given."""
        return list(dict.fromkeys(self.report_recipients.replace(",", " ").split()))

    @property
    def anchoring_months_set(self) -> frozenset[int]:
        return frozenset(int(month) for month in self.anchoring_months.split(",") if month)

    @property
    def visited_at(self) -> str:
        """The address visitors use, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
