"""What a file is by its content, and the name it is given."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from catalogue.errors import FileNotAccepted
from catalogue.files.file_types import PDF, file_type, safe_name
from tests.file_builders import an_office_file


def an_open_document(media_type: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("mimetype", media_type)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (an_office_file("wordprocessingml.document"), "docx"),
        (an_office_file("spreadsheetml.sheet"), "xlsx"),
        (an_office_file("presentationml.presentation"), "pptx"),
        (an_open_document("application/vnd.oasis.opendocument.text"), "odt"),
        (an_open_document("application/vnd.oasis.opendocument.spreadsheet"), "ods"),
    ],
)
def test_office_files_are_known_by_what_they_say_inside(content: bytes, ending: str) -> None:
    assert file_type(BytesIO(content), "fil.zip").ending == ending


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + bytes(60), an_open_document("application/epub+zip"), b""]
)
def test_other_archives_are_refused(content: bytes) -> None:
    with pytest.raises(FileNotAccepted):
        file_type(BytesIO(content), "fil.docx")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Plan för Häggesta.PDF", "Plan för Häggesta.pdf"),
        ("..\\..\\etc/passwd", "passwd.pdf"),
        ("<b>plan</b>\r\n.pdf", "b.pdf"),
        ("320.pdf", "fil 320.pdf"),
        ("", "fil.pdf"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
    ],
)
def test_a_name_is_made_safe_for_an_address(given: str, expected: str) -> None:
    assert safe_name(given, PDF) == expected
