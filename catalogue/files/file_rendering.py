"""A program of its own that opens a picture or a PDF somebody sent, and draws smaller ones from it.

It runs as a process with little memory and time, without the server's environment and without a
network, so that a file made to break a decoder breaks nothing else: `python -m
catalogue.files.file_rendering KIND FOLDER MOST_PIXELS`, the file on standard input. What it finds out comes as a line of JSON for each step.
"""

import json
import sys
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pypdfium2
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from geo.geodata_process import isolate, limit

WIDTHS = (320, 960, 1920)
"""Of the previews, in pixels; only those smaller than the picture itself are made."""
PAGE_WIDTHS = (320, 960)
LARGEST_SIDE = 4096
"""Pixels of the longer side that is kept: enough for print on A3."""
MEMORY_BYTES = 3_000_000_000
CPU_SECONDS = 40
FILE_BYTES = 300_000_000
SRGB = ImageCms.createProfile("sRGB")
UNREADABLE = 3
TOO_MANY_PIXELS = 4


def main() -> int:
    """0, or why there is no picture: `UNREADABLE` or `TOO_MANY_PIXELS`."""
    kind, folder, most_pixels = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    limit({"cpu_s": CPU_SECONDS, "memory": MEMORY_BYTES, "unpacked_size": FILE_BYTES})
    isolate()
    if kind == "pdf":
        return draw_page(sys.stdin.buffer, folder)
    return draw_photo(sys.stdin.buffer, kind, folder, most_pixels)


def tell(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def draw_photo(content: BinaryIO, format: str, folder: Path, most_pixels: int) -> int:
    """The picture and nothing else of the file, and its previews as WebP.

    It keeps its own format, but for what few browsers show, which becomes a JPEG.
    """
    # Pillow refuses twice as many; we look before it opens the pixels at all.
    Image.MAX_IMAGE_PIXELS = most_pixels
    try:
        if format == "heic":
            open_phone_pictures()
        opened = Image.open(content, formats=["HEIF" if format == "heic" else format.upper()])
        if opened.width * opened.height > most_pixels:
            return TOO_MANY_PIXELS
        day = day_taken(opened)
        picture = upright(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_MANY_PIXELS
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError):
        return UNREADABLE
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    if format == "png":
        picture.save(folder / "main", "PNG")
    elif format == "webp":
        picture.save(folder / "main", "WEBP", quality=88, method=4)
    else:
        picture.convert("RGB").save(folder / "main", "JPEG", quality=88, progressive=True)
    previews(picture, folder, WIDTHS)
    tell(width=picture.width, height=picture.height, day=day)
    return 0


def open_phone_pictures() -> None:
    """Nothing but the picture itself, and no threads: the fences stand already."""
    import pillow_heif  # noqa: PLC0415  # a large library, for few of the files

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, decode_threads=1)


def upright(opened: Image.Image) -> Image.Image:
    """The pixels alone: turned as the camera was held, in sRGB, without what the file says."""
    picture = ImageOps.exif_transpose(opened)
    profile = opened.info.get("icc_profile")
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    if profile and picture.mode in ("RGB", "CMYK"):
        # A broken profile is no reason to refuse the picture.
        with suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB")
            picture = converted or picture
    picture = picture.convert("RGBA" if has_alpha else "RGB")
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def day_taken(opened: Image.Image) -> str | None:
    """The day the camera says, ISO 8601; None where it says none or something odd."""
    said = opened.getexif().get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    try:
        return datetime.strptime(str(said)[:10], "%Y:%m:%d").date().isoformat()  # noqa: DTZ007 - a camera says no zone
    except ValueError:
        return None


def previews(picture: Image.Image, folder: Path, widths: tuple[int, ...]) -> None:
    for width in widths:
        if width > picture.width and width != widths[0]:
            continue
        small = picture.copy()
        small.thumbnail((width, width * 3), Image.Resampling.LANCZOS)
        small.save(folder / f"{width}", "WEBP", quality=80, method=4)


def draw_page(content: BinaryIO, folder: Path) -> int:
    """The number of pages, and the first one as previews."""
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return UNREADABLE
    if not pages:
        return UNREADABLE
    tell(pages=pages)
    page = document[0]
    width = PAGE_WIDTHS[-1]
    drawn = page.render(scale=width / max(page.get_width(), page.get_height() / 3, 1)).to_pil()
    previews(drawn.convert("RGB"), folder, PAGE_WIDTHS)
    tell(is_drawn=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
