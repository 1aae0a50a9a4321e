"""The manifest inside Office files: a custom XML part, which Word and PowerPoint keep when they save again."""

from typing import Any, Final
from xml.sax.saxutils import escape

from docx.opc.packuri import PackURI as DocumentUri
from docx.opc.part import Part as DocumentPart
from pptx.opc.package import Part as SlidesPart
from pptx.opc.packuri import PackURI as SlidesUri

NAMESPACE: Final = "urn:ipo-data:manifest"
PART_NAME: Final = "/customXml/memo-manifest.xml"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"


def add_manifest(main: Any, text: str) -> None:  # noqa: ANN401 - a main part of python-docx or python-pptx
    """Put a manifest into an Office file.

    Args:
        main: The document's or presentation's main part.
        text: The manifest as text without control characters.
    """
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="{NAMESPACE}">{escape(text)}</manifest>'.encode()
    is_document = type(main).__module__.startswith("docx")
    if is_document:
        part: Any = DocumentPart(DocumentUri(PART_NAME), "application/xml", xml, main.package)
    else:
        part = SlidesPart(SlidesUri(PART_NAME), "application/xml", main.package, xml)
    main.relate_to(part, _RELATION)
