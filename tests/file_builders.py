"""Pictures and documents made on the spot, good ones and bad ones."""

from io import BytesIO
from zipfile import ZipFile

import pillow_heif
from PIL import ExifTags, Image, ImageDraw

pillow_heif.register_heif_opener()
PICTURE_ALT = "Flygbild: en plan åker mellan järnvägen och skogen."


def a_photo(
    size: tuple[int, int] = (1200, 800),
    *,
    format: str = "JPEG",
    orientation: int = 1,
    taken: str = "2026:06:14 10:30:00",
    with_position: bool = False,
    colour: str = "#2f6b45",
) -> bytes:
    """A picture whose left half is of the colour and whose right half is white."""
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1]), fill=colour)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Kamera AB"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if with_position:
        position = exif.get_ifd(ExifTags.IFD.GPSInfo)
        position[ExifTags.GPS.GPSLatitudeRef] = "N"
        position[ExifTags.GPS.GPSLatitude] = (61.0, 20.0, 42.0)
    made = BytesIO()
    picture.save(made, format, exif=exif)
    return made.getvalue()


def a_pdf(pages: int = 2) -> bytes:
    made = BytesIO()
    first, *others = [Image.new("RGB", (595, 842), "white") for _ in range(pages)]
    first.save(made, "PDF", save_all=True, append_images=others)
    return made.getvalue()


def an_office_file(
    main_type: str = "wordprocessingml.document", extra: tuple[str, ...] = ()
) -> bytes:
    """The parts of an office file that say what it is."""
    said = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/main.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'{main_type}.main+xml"/></Types>'
    )
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", said)
        for name in extra:
            archive.writestr(name, "…")
    return made.getvalue()
