"""The package of a Word file: parts, settings, fonts, properties; equal input gives equal bytes."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordFile
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn

from core.model.document import OfficialDocument
from core.paper.fonts import Role
from core.paper.word_styles import write_styles
from core.paper.word_xml import FACES, Element, element, flag, text_of_xml

_STAND_INS = {
    Role.BODY: "仿宋",
    Role.TITLE: "方正小标宋_GBK",
    Role.KAI: "楷体",
    Role.HEI: "SimHei",
    Role.SONG: "SimSun",
}
"""Where a PC lacks the face itself."""
_KEPT = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS)
_KEPT_OF_PACKAGE = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)
_RELATION_ID = qn("r:id")
_PACKED_AT = (1980, 1, 1, 0, 0, 0)
_LONGEST_PROPERTY = 255
_WORD_2013 = "15"


def new_word_file(document: OfficialDocument, pitch: float) -> WordFile:
    """An empty file with our styles, settings and properties."""
    file = Document()
    for relation in [each for each in file.part.rels.values() if each.reltype not in _KEPT]:
        del file.part.rels[relation.rId]
    package = file.part.package
    for relation in [each for each in package.rels.values() if each.reltype not in _KEPT_OF_PACKAGE]:
        del package.rels[relation.rId]
    fonts = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, _font_table(), package)
    file.part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
    write_styles(file.styles, pitch)
    _write_settings(file.settings.element, mirrored=document.two_sided)
    _write_properties(file, document)
    return file


def _font_table() -> bytes:
    fonts = (
        element(
            "font",
            element("altName", val=_STAND_INS[role]),
            element("charset", val="86"),
            element("family", val="auto"),
            element("pitch", val="variable"),
            name=name,
        )
        for role, name in FACES.items()
    )
    return serialize_part_xml(element("fonts", *fonts))


def _write_settings(root: Element, *, mirrored: bool) -> None:
    for child in list(root):
        root.remove(child)
    compatible = element(
        "compat",
        flag("doNotExpandShiftReturn"),
        flag("useFELayout"),
        element(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val=_WORD_2013,
        ),
    )
    for child in (
        flag("mirrorMargins") if mirrored else None,
        element("defaultTabStop", val=420),
        flag("evenAndOddHeaders"),
        element("characterSpacingControl", val="compressPunctuation"),
        compatible,
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
    ):
        if child is not None:
            root.append(child)


def _write_properties(file: WordFile, document: OfficialDocument) -> None:
    """Title, office and number; the day of the document stands for all times."""
    properties = file.core_properties
    moment = datetime.combine(document.dated_on, datetime.min.time())
    properties.title = _short("".join(document.title))
    properties.author = _short(document.issuer)
    properties.subject = _short(document.number)
    properties.keywords, properties.comments, properties.category = "", "", ""
    properties.language = "zh-CN"
    properties.last_modified_by = "社评通"
    properties.created = properties.modified = moment
    properties.revision = 1


def _short(text: str) -> str:
    return text_of_xml(text)[:_LONGEST_PROPERTY]


def add_header(file: WordFile, parts: Sequence[Element], kind: str) -> Element:
    """A header with these paragraphs; what refers to it in a section."""
    return _add(file, parts, kind, "header", CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER)


def add_footer(file: WordFile, parts: Sequence[Element], kind: str) -> Element:
    """A footer with these paragraphs; what refers to it in a section."""
    return _add(file, parts, kind, "footer", CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER)


def _add(
    file: WordFile, parts: Sequence[Element], kind: str, name: str, content: str, relation: str
) -> Element:
    package = file.part.package
    place = package.next_partname(f"/word/{name}%d.xml")
    part = XmlPart(place, content, element("hdr" if name == "header" else "ftr", *parts), package)
    made = element(f"{name}Reference", type=kind)
    made.set(_RELATION_ID, file.part.relate_to(part, relation))
    return made


def packed(file: WordFile) -> bytes:
    """The finished file, without the times at which it was written."""
    written = BytesIO()
    file.save(written)
    made = BytesIO()
    with ZipFile(written) as source, ZipFile(made, "w") as target:
        for name in source.namelist():
            part = ZipInfo(name, _PACKED_AT)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0
            target.writestr(part, source.read(name))
    return made.getvalue()
