"""Jobs and letters: seen, tried again, taken away."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.context import HasPage, HasServices, PageForm
from api.pages.admin.access import HasAdmin, PageNumber, private
from catalogue.administration import audit, queued_jobs
from catalogue.administration.queued_jobs import LETTER, TASKS
from catalogue.letters import kept_letters
from frontend.admin.jobs import JOBS_PATH, LETTERS_PATH, jobs_page, letter_page, letters_page
from frontend.admin.paging import PAGE_SIZE, paging
from frontend.rendering import address

router = APIRouter(include_in_schema=False)

MOST_LETTERS = 200
Done = Annotated[str, Query(max_length=20)]
LetterName = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,80}$")]
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "form-action 'none'; base-uri 'none'; sandbox"
)


@router.get(JOBS_PATH)
def show_jobs(
    page: HasPage,
    services: HasServices,
    admin: HasAdmin,
    number: PageNumber = 1,
    done: Done = "",
) -> HTMLResponse:
    with services.databases.writing(admin) as session:
        counts = queued_jobs.count(session)
        offset = (number - 1) * PAGE_SIZE
        jobs = queued_jobs.found(session, limit=PAGE_SIZE, offset=offset)
        heard = queued_jobs.worker_heard(session)
        total = queued_jobs.total(session)
    shown = jobs_page(
        page,
        jobs,
        counts,
        heard,
        is_heard=queued_jobs.is_heard(heard, services.rules.now()),
        paging=paging(page, number, total),
        done=done,
    )
    return private(shown)


@router.post(f"{JOBS_PATH}/{{number}}")
def steer_job(
    number: int, page: HasPage, services: HasServices, admin: HasAdmin, form: PageForm
) -> RedirectResponse:
    """Tried again or stopped, and noted in the log; raises `NotPossible` for one that is gone."""
    again = form.get("do") == "again"
    with services.databases.writing(admin) as session:
        job = queued_jobs.one(session, number)
        if again:
            queued_jobs.try_again(session, job, services.rules.now())
        else:
            queued_jobs.stop(session, job)
        subject = TASKS[job.task_name].sv if job.task_name in TASKS else job.task_name
        note = audit.Note(
            kind="job", action="tried_again" if again else "stopped", subject=f"{subject}, {number}"
        )
        audit.note(session, note)
    back = LETTERS_PATH if form.get("back") == LETTERS_PATH else JOBS_PATH
    onward = address(page.language, back, done="again" if again else "stopped")
    return RedirectResponse(onward, 303)


@router.get(LETTERS_PATH)
def show_letters(
    page: HasPage,
    services: HasServices,
    admin: HasAdmin,
    number: PageNumber = 1,
    done: Done = "",
) -> HTMLResponse:
    data = services.settings.data
    names = kept_letters.names(data)
    first = (number - 1) * PAGE_SIZE
    with services.databases.writing(admin) as session:
        queued = queued_jobs.found(session, queued_jobs.does(LETTER), limit=MOST_LETTERS)
    shown = letters_page(
        page,
        queued,
        kept_letters.some(data, names[first : first + PAGE_SIZE]),
        is_kept=services.settings.smtp_url is None,
        paging=paging(page, number, len(names)),
        done=done,
    )
    return private(shown)


@router.get(f"{LETTERS_PATH}/{{name}}")
def show_letter(
    name: LetterName, page: HasPage, services: HasServices, _: HasAdmin
) -> HTMLResponse:
    content = kept_letters.read(services.settings.data, name)
    return private(letter_page(page, kept_letters.as_letter(name, content)))


@router.get(f"{LETTERS_PATH}/{{name}}/html")
def show_letter_html(name: LetterName, services: HasServices, _: HasAdmin) -> HTMLResponse:
    """For a frame of our own page, where it may neither run nor fetch anything."""
    content = kept_letters.read(services.settings.data, name)
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": LETTER_POLICY,
        "X-Frame-Options": "SAMEORIGIN",
    }
    return HTMLResponse(kept_letters.as_letter(name, content).html, headers=headers)


@router.get(f"{LETTERS_PATH}/{{name}}/file")
def download_letter(name: LetterName, services: HasServices, _: HasAdmin) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}.eml"',
    }
    content = kept_letters.read(services.settings.data, name)
    return Response(content, headers=headers, media_type="message/rfc822")
