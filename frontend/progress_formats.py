"""Every format that progress can be had in: the files of data, and the document set in type."""

from catalogue.progress.progress_files import DATA_FORMATS, Formats, ProgressFormat
from frontend.progress_report import write_pdf

FORMATS: Formats = {
    **DATA_FORMATS,
    "pdf": ProgressFormat("application/pdf", write_pdf, has_trend=True),
}
