"""Real footnotes in a document: python-docx knows none, so the part that holds them is written here."""

from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_EMPTY: Final = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
)
REFERENCE_STYLE: Final = "FootnoteReference"
TEXT_STYLE: Final = "FootnoteText"


class Footnotes:
    """Collects the footnotes of one document.

    Args:
        document: A document of python-docx.
    """

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - python-docx's documents carry few types
        self._document = document
        self._root = parse_xml(_EMPTY)
        self._numbers: dict[str, int] = {}

    def add(self, paragraph: Any, text: str) -> None:  # noqa: ANN401
        """Put the number of a footnote at the end of a paragraph; a text that is one already is not written again."""
        known = self._numbers.get(text)
        if known is not None:
            paragraph._p.append(_again(known))
            return
        number = self._numbers[text] = len(self._numbers) + 1
        paragraph._p.append(_element("w:bookmarkStart", id=str(number), name=_bookmark(number)))
        paragraph._p.append(_run(_element("w:footnoteReference", id=str(number))))
        paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))
        note = _element("w:footnote", id=str(number))
        body = OxmlElement("w:p")
        style = OxmlElement("w:pPr")
        style.append(_element("w:pStyle", val=TEXT_STYLE))
        words = OxmlElement("w:r")
        content = OxmlElement("w:t")
        content.text = " " + text
        content.set(qn("xml:space"), "preserve")
        words.append(content)
        for part in (style, _run(OxmlElement("w:footnoteRef")), words):
            body.append(part)
        note.append(body)
        self._root.append(note)

    def attach(self) -> None:
        """Put the part with the footnotes into the document; to be called once, before it is saved."""
        main = self._document.part
        xml = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, xml, main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _bookmark(number: int) -> str:
    return f"_RefNote{number}"


def _again(number: int) -> Any:  # noqa: ANN401
    """Return a reference to a footnote that stands elsewhere; it follows when footnotes are renumbered."""
    field = _element("w:fldSimple", instr=f" NOTEREF {_bookmark(number)} \\f \\h ")
    words = OxmlElement("w:t")
    words.text = str(number)
    field.append(_run(words))
    return field


def _run(content: Any) -> Any:  # noqa: ANN401
    run = OxmlElement("w:r")
    style = OxmlElement("w:rPr")
    style.append(_element("w:rStyle", val=REFERENCE_STYLE))
    run.append(style)
    run.append(content)
    return run


def _element(tag: str, **attributes: str) -> Any:  # noqa: ANN401
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
