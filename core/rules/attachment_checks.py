"""What may be kept as an attachment: its name, its size, its type by suffix and by content."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.errors import InvalidInput
from core.rules.file_names import MAX_NAME_BYTES, cut_to, portable

MAX_FILE_BYTES = 50 << 20
"""A paper of 40 pages scanned at 300 dpi has some 30 MB; larger ones would make each backup slow."""

_HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file: what its content begins with, and of what at least one must stand in it."""

    label: str
    head: re.Pattern[bytes]
    marks: tuple[bytes, ...] = ()
    office: bool = False


def _type(label: str, head: bytes, *marks: bytes, office: bool = False) -> FileType:
    return FileType(label, re.compile(head, re.DOTALL), marks, office)


def _office(label: str, head: bytes, *marks: str) -> FileType:
    """Names of parts stand as UTF-16 in the old container, plainly in the new one."""
    encoding = "utf-16-le" if head == _OLE else "ascii"
    return _type(label, head, *(mark.encode(encoding) for mark in marks), office=True)


_ZIP, _OLE = rb"PK\x03\x04", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An OOXML file with a password lies in an OLE container.
_EITHER = _ZIP + b"|" + _OLE
_JPEG = _type("JPG 图片", rb"\xff\xd8\xff")
_TIFF = _type("TIF 图片", rb"II[*+]\0|MM\0[*+]")
_WPS = _office("WPS 文件", _EITHER)
# Text has no control characters but tab, line ends, form feed, end of file and escape.
_TEXT = _type("文本文件", rb"\xff\xfe|\xfe\xff|[^\0-\x08\x0e-\x19\x1c-\x1f]*\Z")
_TYPES: Mapping[str, FileType] = {
    "pdf": _type("PDF 文件", rb"(?:\xef\xbb\xbf)?\s*%PDF-"),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": _type("PNG 图片", rb"\x89PNG\r\n\x1a\n"),
    "bmp": _type("BMP 图片", rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"),
    "tif": _TIFF,
    "tiff": _TIFF,
    "webp": _type("WEBP 图片", rb"RIFF.{4}WEBPVP8"),
    "doc": _office("Word 文件", _OLE, "WordDocument"),
    "xls": _office("Excel 文件", _OLE, "Workbook", "Book"),
    "ppt": _office("PPT 文件", _OLE, "PowerPoint Document"),
    "docx": _office("Word 文件", _EITHER, "word/document"),
    "xlsx": _office("Excel 文件", _EITHER, "xl/workbook"),
    "pptx": _office("PPT 文件", _EITHER, "ppt/presentation"),
    "wps": _WPS,
    "et": _WPS,
    "dps": _WPS,
    "ofd": _type("OFD 文件", _ZIP, b"OFD.xml"),
    "txt": _TEXT,
    "csv": _TEXT,
}
SUFFIXES = tuple(_TYPES)
"""The suffixes of the files that are kept."""

_ACCEPTED = "可以添加：PDF、OFD、图片（JPG、PNG、BMP、TIF、WEBP）、Word、Excel、PPT、WPS、TXT、CSV。"
_MAY_RUN = re.compile(
    "apk|app(?:lication|image|x)|bat|chm|cmd|com|cpl|deb|desktop|dll|exe|gadget|hlp|hta|x?html?|inf|jar|jse?|lnk"
    "|mht(?:ml)?|ms[cip]|msix|pif|ps1|psm1|pyw?|reg|rpm|run|sc[fr]|settingcontent-ms|sh|svg|swf|sys|url|vb[es]?"
    "|ws[cfh]?|xll"
)
_WITH_MACROS = re.compile("(?:doc|dot|xls|xlt|ppt|pot|pps|sld)m|xlam|ppam")
_PACKED = re.compile("7z|arj|bz2|cab|gz|img|iso|rar|tar|tgz|vhdx?|xz|z|zip")
_PROGRAM = re.compile(
    rb"MZ[^\0]{0,100}\0|\x7fELF|#!|L\0\0\0\x01\x14\x02\0|\s*<(?:!doctype\s+html|html|script|hta:)",
    re.IGNORECASE,
)
_MACROS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))
_PASSWORD = "EncryptedPackage".encode("utf-16-le")


def safe_name(name: str) -> str:
    """The file's name as any Windows takes it, with nothing in it that misleads the eye; never empty.

    Control, direction and zero-width characters go away, signs that paths do not take become `_`, so
    does what would be the name of a device; a long one is cut before its suffix.
    """
    plain = portable(name)
    stem, dot, suffix = plain.rpartition(".")
    tail = f"{dot}{suffix}"
    if not dot or len(tail.encode()) > MAX_NAME_BYTES // 4:
        stem, tail = plain, ""
    cut = stem.encode()[: MAX_NAME_BYTES - len(tail.encode())].decode(errors="ignore")
    return cut_to((cut or "附件") + tail, MAX_NAME_BYTES)


def type_of(name: str) -> FileType:
    """The type that a safe name's suffix says.

    Raises:
        InvalidInput: files of this type are not kept, with the reason.
    """
    suffix = _suffix(name)
    if suffix in _TYPES:
        return _TYPES[suffix]
    if _MAY_RUN.fullmatch(suffix):
        raise _may_run(name)
    if _WITH_MACROS.fullmatch(suffix):
        raise _with_macros(name)
    if _PACKED.fullmatch(suffix):
        raise InvalidInput(
            "file_packed", f"“{name}”是压缩包，不能作附件。", "请先解压，再把里面的文件逐个添加。"
        )
    what = f"是“.{suffix}”类型的文件" if suffix else "没有后缀，看不出是什么文件"
    raise InvalidInput("file_type_unknown", f"“{name}”{what}，不能作附件。", _ACCEPTED)


def refuse_size(name: str, size: int) -> None:
    """Nothing, if a file of this many bytes may be kept.

    Raises:
        InvalidInput: it is empty or too large.
    """
    if size == 0:
        raise InvalidInput(
            "file_empty", f"“{name}”是空文件。", "请确认选对了文件，或重新扫描、保存后再添加。"
        )
    if size > MAX_FILE_BYTES:
        raise InvalidInput(
            "file_too_large",
            f"“{name}”超过 {MAX_FILE_BYTES >> 20} MB，不能作附件。",
            "请用较低的分辨率重新扫描，或拆成几个文件后再添加。",
        )


def checked(name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a file's content, as they come; what is to be kept is what was looked at.

    Raises:
        InvalidInput: at the piece that shows it, the content is not of the type that the name says, may run,
            has a password, or is too large; after the last one, a mark of its type was missing.
    """
    kind = type_of(name)
    wanted = (*kind.marks, *((*_MACROS, _PASSWORD) if kind.office else ()))
    overlap = max(map(len, wanted), default=1) - 1
    found: set[bytes] = set()
    size, rest = 0, b""
    for piece in pieces:
        if not size:
            _refuse_head(name, kind, piece[:_HEAD_BYTES])
        size += len(piece)
        refuse_size(name, size)
        searched = rest + piece
        found.update(mark for mark in wanted if mark in searched)
        rest = searched[-overlap:] if overlap else b""
        yield piece
    refuse_size(name, size)
    _refuse_marks(name, kind, found)


def _refuse_head(name: str, kind: FileType, head: bytes) -> None:
    if not kind.head.match(head):
        raise _may_run(name) if _PROGRAM.match(head) else _mismatch(name, kind)


def _refuse_marks(name: str, kind: FileType, found: set[bytes]) -> None:
    if _PASSWORD in found:
        raise InvalidInput(
            "file_encrypted",
            f"“{name}”设有打开密码，以后可能无人能打开。",
            "请在 Office 或 WPS 中取消打开密码，保存后再添加。",
        )
    if found.intersection(_MACROS):
        raise _with_macros(name)
    if kind.marks and not found.intersection(kind.marks):
        raise _mismatch(name, kind)


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _mismatch(name: str, kind: FileType) -> InvalidInput:
    return InvalidInput(
        "file_type_mismatch",
        f"“{name}”的内容不是{kind.label}，与它的后缀“.{_suffix(name)}”不符，也可能已经损坏。",
        "请用能打开它的程序打开，另存为 PDF 或原来的类型后再添加。",
    )


def _may_run(name: str) -> InvalidInput:
    return InvalidInput(
        "file_may_run",
        f"“{name}”是能运行的程序、脚本或网页，为安全起见不能作附件。",
        "如果来历不明，请不要打开它；需要留存的内容请另存为 PDF 或图片后再添加。",
    )


def _with_macros(name: str) -> InvalidInput:
    return InvalidInput(
        "file_with_macros",
        f"“{name}”带有宏（能自动运行的程序），为安全起见不能作附件。",
        "请在 Office 或 WPS 中另存为不带宏的文件（docx、xlsx、pptx）或 PDF 后再添加。",
    )
