"""A file that a program sends: as a form's part named `file`, or as the body itself."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from api.context import HasVisitor, check_csrf
from catalogue.errors import Unreadable
from geo.texts import Text


@dataclass(frozen=True)
class Uploaded:
    name: str
    content: bytes


async def read_upload(request: Request, visitor: HasVisitor) -> Uploaded:
    """Raises `NotSignedIn` first, so that strangers learn nothing; then `Unreadable`.

    A body that is the file itself is named by the parameter `name`.
    """
    visitor.signed_in()
    check_csrf(visitor, request.headers.get("x-csrf-token", ""))
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            return file_of(form)
    content = await request.body()
    if not content:
        raise no_file()
    return Uploaded(request.query_params.get("name", ""), content)


def file_of(form: FormData) -> Uploaded:
    """The file chosen in a form; raises `Unreadable` where none was."""
    upload = form.get("file")
    if not isinstance(upload, UploadFile) or not upload.filename:
        raise no_file()
    with upload.file as file:
        return Uploaded(upload.filename, file.read())


def no_file() -> Unreadable:
    return Unreadable(Text("Välj en fil att ladda upp.", "Choose a file to upload."))


FileSent = Annotated[Uploaded, Depends(read_upload)]
