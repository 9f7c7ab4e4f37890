"""Files that people have resumes in and that are not read: what to do with each."""

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.formats.docx import OLE
from pipeline.resumes.reading.formats.source import Format, Lines, Source

_WHAT_TO_DO = {
    ".doc": "it is an old Word document: open it in Word or LibreOffice and save it as .docx",
    ".dot": "it is an old Word template: open it in Word or LibreOffice and save it as .docx",
    ".wps": "it is a document of Works or WPS: open it there or in LibreOffice and save it as .docx",
    ".pages": "it is a document of Pages: open it there and export it as Word or PDF",
    ".gdoc": "it is only a link to Google Docs: choose File, Download there, as Word or PDF",
    ".mht": "it is a web archive: open it in a browser and print it as PDF, or save the page as .html",
    ".mhtml": "it is a web archive: open it in a browser and print it as PDF, or save the page as .html",
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".heic", ".webp"),
        "it is a picture: Rolemap reads text, so bring the document that the picture was made of",
    ),
}


def _recognises(source: Source) -> bool:
    return source.suffix != ".docx" and source.data.startswith(OLE)


def _read(source: Source) -> Lines:
    raise UnreadableDocument(_WHAT_TO_DO.get(source.suffix, _WHAT_TO_DO[".doc"]))


FORMAT = Format((), _recognises, _read, refuses=tuple(_WHAT_TO_DO))
