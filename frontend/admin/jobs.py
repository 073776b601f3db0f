"""The pages of jobs and letters: what waits, runs or has failed, and what is kept as files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from catalogue.administration.queued_jobs import TASKS, QueueCounts, QueuedJob
from catalogue.letters.kept_letters import KeptLetter
from frontend.admin.paging import Paging
from frontend.admin.sections import admin_page
from frontend.rendering import Page
from geo.texts import Language, Text

JOBS_PATH = "/admin/jobs"
LETTERS_PATH = "/admin/letters"
STATUSES: dict[str, tuple[Text, str]] = {
    "todo": (Text("Väntar", "Waits"), "info"),
    "again": (Text("Försöker igen", "Tries again"), "warning"),
    "doing": (Text("Pågår", "Running"), "success"),
    "failed": (Text("Misslyckades", "Failed"), "danger"),
    "cancelled": (Text("Stoppat", "Stopped"), "plain"),
    "aborted": (Text("Avbrutet", "Aborted"), "plain"),
}
"""The words and the tone of each."""


@dataclass(frozen=True, kw_only=True)
class JobLine:
    job: QueuedJob
    task: str
    about: str
    """Whom a letter goes to; the job's own number otherwise."""
    status: str
    tone: str


def line(job: QueuedJob, language: Language) -> JobLine:
    state = "again" if job.status == "todo" and job.attempts else job.status
    words, tone = STATUSES.get(state, (Text(state, state), "plain"))
    letter = job.args.get("letter")
    about = f"{letter.get('to', '')}: {letter.get('subject', '')}" if letter else f"nr {job.id}"
    return JobLine(
        job=job,
        task=TASKS.get(job.task_name, Text(job.task_name, job.task_name)).in_language(language),
        about=about,
        status=words.in_language(language),
        tone=tone,
    )


def jobs_page(
    page: Page,
    jobs: Sequence[QueuedJob],
    counts: QueueCounts,
    heard: datetime | None,
    *,
    is_heard: bool,
    paging: Paging,
    done: str,
) -> str:
    return admin_page(
        page,
        "jobs.html",
        JOBS_PATH,
        lines=[line(job, page.language) for job in jobs],
        counts=counts,
        heard=heard,
        is_heard=is_heard,
        paging=paging,
        done=done,
    )


def letters_page(
    page: Page,
    queued: Sequence[QueuedJob],
    kept: Sequence[KeptLetter],
    *,
    is_kept: bool,
    paging: Paging,
    done: str,
) -> str:
    return admin_page(
        page,
        "letters.html",
        LETTERS_PATH,
        lines=[line(job, page.language) for job in queued],
        kept=kept,
        is_kept=is_kept,
        paging=paging,
        done=done,
    )


def letter_page(page: Page, letter: KeptLetter) -> str:
    return admin_page(page, "letter.html", LETTERS_PATH, letter=letter)
