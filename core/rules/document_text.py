"""A document's text as a person can keep it in a file: TOML in, TOML out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from core.errors import InvalidInput, Problem
from core.model.document import DocumentFormat
from core.model.document_text import (
    MOST_COLUMNS,
    MOST_TYPED_ROWS,
    RECEIPT_COLUMNS,
    About,
    DocumentText,
    Part,
    TextAnnex,
    TextBlock,
    TextColumn,
    TextParagraph,
    TextPeople,
    TextReceipt,
    TextReceiptField,
    TextTable,
)
from core.rules.scheme_text import quoted
from core.rules.sections import Section
from core.rules.toml_reading import toml_table

LONGEST_TEXT = 300_000
"""Characters of a whole document with its fields."""
LONGEST_PIECE = 20_000
_WORDS = (
    "head",
    "series",
    "addressee",
    "copy_to",
    "note",
    "copy_number",
    "secrecy",
    "urgency",
    "purpose",
    "needs",
)
_TEXTS = ("partners", "signers", "stamp_posts")
_FLAGS = {"seal": True, "addressee_below": False, "imprint": True}
_ALIGNED = ("left", "center", "right")


def read_document(text: str) -> DocumentText:
    """The document that a TOML text writes.

    Raises:
        InvalidInput: it is no TOML, far too long, or something in it is wrong, with every finding.
    """
    table = toml_table(text, "文书模板", LONGEST_TEXT)
    findings: list[Problem] = []
    root = _Longer(table, "", findings)
    made = _document(root)
    root.close()
    if findings:
        raise InvalidInput(
            "template_wrong", f"这份文书有 {len(findings)} 处写得不对。", "请按所列逐条修改。", findings
        )
    return made


def write_document(document: DocumentText) -> str:
    """The TOML text that `read_document` reads as the same document."""
    lines = [
        f"code = {quoted(document.code)}",
        f"name = {quoted(document.name)}",
        f"genre = {quoted(document.genre)}",
        f"about = {quoted(document.about.value)}",
        f"format = {quoted(document.format.value)}",
        f"title = {_list(document.title)}",
        *(f"{key} = {quoted(value)}" for key in _WORDS if (value := getattr(document, key))),
        *(f"{key} = {_list(value)}" for key in _TEXTS if (value := getattr(document, key))),
        *(
            f"{key} = {'true' if value else 'false'}"
            for key, usual in _FLAGS.items()
            if (value := getattr(document, key)) is not usual
        ),
        *(_receipt_lines(document.receipt.rows)),
        *(line for each in document.attendance for line in ("", "[[attendance]]", *_block_lines(each))),
        *(line for each in document.blocks for line in ("", "[[block]]", *_block_lines(each))),
        *(line for each in document.annexes for line in _annex_lines(each)),
    ]
    return "\n".join(lines) + "\n"


class _Longer(Section):
    """A section whose texts may be as long as a paragraph and keep the blanks at their ends."""

    def words(self, key: str) -> str:
        """A text as it is; empty where it is not written."""
        value = self._take(key, False, "")
        if value is None:
            return ""
        if not isinstance(value, str):
            self.find(key, "应是文字", "请写成加引号的文字")
            return ""
        return value if self._is_printable(key, value) else ""

    def rows(self, key: str, columns: int, *, least: int = 1) -> tuple[tuple[str, ...], ...]:
        """The typed rows of so many columns; none where they are not written."""
        value = self._take(key, False, "")
        if value is None:
            return ()
        if not isinstance(value, list) or len(value) < least:
            self.find(key, "应是一行或多行文字", '请写成 [["…", "…"], ["…", "…"]]')
            return ()
        if len(value) > MOST_TYPED_ROWS:
            self.find(key, f"有 {len(value):,} 行，超过 {MOST_TYPED_ROWS} 行", "请分成几个表格")
            return ()
        return tuple(self._row(f"{key} 第 {number} 行", row, columns) for number, row in enumerate(value, 1))

    def _row(self, place: str, row: object, columns: int) -> tuple[str, ...]:
        if not isinstance(row, list) or not all(isinstance(one, str) for one in row):
            self.find(place, "应是一列文字", '请写成 ["…", "…"]')
            return ()
        if len(row) != columns:
            self.find(place, f"有 {len(row)} 格，应有 {columns} 格", f"请写 {columns} 格，空的写空引号")
        return tuple(one for one in row if self._is_printable(place, one))

    def _is_printable(self, key: str, text: str) -> bool:
        if len(text) > LONGEST_PIECE:
            self.find(key, f"有 {len(text):,} 个字，超过 {LONGEST_PIECE:,} 个字", "请分成几段")
            return False
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", text):
            self.find(key, "有看不见的控制字符或残缺的字", "请删去后重写这段文字")
            return False
        if text.count("{") != text.count("}") or re.search(r"\{[^{}]*$|^[^{}]*\}|\{[^{}]*\{", text):
            self.find(key, "花括号不成对", "字段写成“{字段名}”，前后各一个花括号")
            return False
        if re.search(r"\{\s*\}", text):
            self.find(key, "花括号里没有字段名", "请写上字段名，或者删去这对花括号")
            return False
        return True


def _document(root: _Longer) -> DocumentText:
    return DocumentText(
        code=root.text("code"),
        name=root.text("name"),
        genre=root.text("genre"),
        about=root.choice("about", About),
        format=root.choice("format", DocumentFormat, DocumentFormat.ORDINARY),
        title=root.texts("title", required=True),
        blocks=tuple(_block(each) for each in root.sections("block", "正文")),
        annexes=tuple(_annex(each) for each in root.sections("annex", "附件")),
        attendance=tuple(_people(each) for each in root.sections("attendance", "名单")),
        receipt=TextReceipt(tuple(_receipt_row(each) for each in root.sections("receipt", "回执栏"))),
        **_others(root),
    )


def _others(root: _Longer) -> dict[str, Any]:
    """The values of the keys that are read alike."""
    return {
        **{key: root.words(key) for key in _WORDS},
        **{key: root.texts(key) for key in _TEXTS},
        **{key: root.flag(key, usual) for key, usual in _FLAGS.items()},
    }


def _block(section: _Longer) -> TextBlock:
    if section.has("table") or section.has("cells"):
        return _table(section)
    if section.has("people") or section.has("typed"):
        return _people(section)
    level = section.whole("level", 0)
    if not 0 <= level <= 4:
        section.find("level", f"没有第 {level} 级标题", "请写 1 到 4，正文写 0")
    made = TextParagraph(
        parts=_parts(section),
        heading=section.words("heading"),
        level=level,
        when=section.words("when"),
        each=section.words("each"),
    )
    section.close()
    return made


def _parts(section: _Longer) -> tuple[Part, ...]:
    text = section.words("text")
    parts = tuple(map(_part, section.sections("parts", "句子")))
    if text and parts:
        section.find("text", "和 parts 只能写一样", "请把这段文字写进 parts，或者删去 parts")
    return (Part(text),) if text else parts


def _part(section: _Longer) -> Part:
    made = Part(
        text=section.words("text"),
        when=section.words("when"),
        each=section.words("each"),
        between=section.words("between"),
        parts=tuple(map(_part, section.sections("parts", "句子"))),
    )
    if not made.text and not made.parts:
        section.find("text", "没有写", "请补上这句话")
    section.close()
    return made


def _table(section: _Longer) -> TextTable:
    columns = tuple(_column(each) for each in section.sections("columns", "栏目"))
    is_typed = section.has("cells")
    made = TextTable(
        rows=section.text("table", "" if is_typed else None),
        columns=columns,
        totals=section.texts("totals"),
        row_mm=section.whole("row_mm", 0),
        when=section.words("when"),
        cells=section.rows("cells", len(columns)),
    )
    if is_typed and made.rows:
        section.find("table", "和 cells 只能写一样", "请删去 table，或者删去 cells")
    if is_typed and any(each.text for each in columns):
        section.find("columns", "写了 text，它和 cells 只能写一样", "请把各栏的 text 删去，文字写在 cells 里")
    if not 1 <= len(made.columns) <= MOST_COLUMNS:
        section.find("columns", f"有 {len(made.columns)} 栏", f"请写 1 到 {MOST_COLUMNS} 栏")
    if made.totals and len(made.totals) != len(made.columns):
        section.find("totals", "和栏目的个数不一样", f"请写 {len(made.columns)} 项，空的写空引号")
    section.close()
    return made


def _column(section: _Longer) -> TextColumn:
    align = section.words("align") or "center"
    if align not in _ALIGNED:
        section.find("align", f"不认识“{align}”", "请写 left、center 或 right")
    weight = section.whole("weight", 4)
    if weight <= 0:
        section.find("weight", "应大于 0", "请写宽度，例如 4")
    made = TextColumn(
        section.words("title"),
        section.words("text"),
        weight,
        align,
        section.whole("mm", 0),
        section.words("each"),
    )
    section.close()
    return made


def _people(section: _Longer) -> TextPeople:
    is_typed = section.has("typed")
    made = TextPeople(
        label=section.words("label"),
        people=section.text("people", "" if is_typed else None),
        name=section.words("name") or "{姓名}",
        post=section.words("post"),
        when=section.words("when"),
        each=section.words("each"),
        typed=tuple((row[0], row[1]) for row in section.rows("typed", 2, least=0) if len(row) == 2),
    )
    if is_typed and made.people:
        section.find("people", "和 typed 只能写一样", "请删去 people，或者删去 typed")
    section.close()
    return made


def _annex(section: _Longer) -> TextAnnex:
    made = TextAnnex(
        title=section.text("title"),
        blocks=tuple(_block(each) for each in section.sections("block", "内容")),
        when=section.words("when"),
        each=section.words("each"),
        apart=section.flag("apart"),
    )
    section.close()
    return made


def _receipt_row(section: _Longer) -> tuple[TextReceiptField, ...]:
    fields = tuple(
        TextReceiptField(each.words("label"), each.words("text")) for each in section.sections("field", "栏")
    )
    if not 1 <= len(fields) <= RECEIPT_COLUMNS:
        section.find("field", f"有 {len(fields)} 栏", "回执一行写一栏或两栏")
    section.close()
    return fields


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"


def _inline(**values: str | int) -> str:
    """A small table in one line; what is empty or 0 is left out."""
    pairs = (
        f"{key} = {quoted(value) if isinstance(value, str) else value}"
        for key, value in values.items()
        if value != "" and value != 0
    )
    return f"{{ {', '.join(pairs)} }}"


def _pairs(**values: str | int) -> list[str]:
    return [
        f"{key} = {quoted(value) if isinstance(value, str) else value}"
        for key, value in values.items()
        if value
    ]


def _block_lines(block: TextBlock) -> list[str]:
    if isinstance(block, TextPeople):
        pairs = _pairs(
            each=block.each,
            people=block.people,
            label=block.label,
            name=block.name,
            post=block.post,
            when=block.when,
        )
        return [*pairs, *_many("typed", map(_list, block.typed))] if block.is_typed else pairs
    if isinstance(block, TextTable):
        columns = (
            _inline(
                each=each.each,
                title=each.title,
                text=each.text,
                weight=each.weight,
                align="" if each.align == "center" else each.align,
                mm=each.least_mm,
            )
            for each in block.columns
        )
        return [
            *_pairs(table=block.rows, when=block.when, row_mm=block.row_mm),
            *_many("columns", columns),
            *(_many("cells", map(_list, block.cells)) if block.is_typed else []),
            *([f"totals = {_list(block.totals)}"] if block.totals else []),
        ]
    lines = _pairs(heading=block.heading, level=block.level, when=block.when, each=block.each)
    if block.parts == (Part(block.text),):
        return [*lines, *_pairs(text=block.text)]
    return [*lines, *(_many("parts", map(_part_line, block.parts)) if block.parts else [])]


def _part_line(part: Part) -> str:
    values = _inline(each=part.each, between=part.between, when=part.when, text=part.text)
    if not part.parts:
        return values
    inner = ", ".join(map(_part_line, part.parts))
    begin = "{ " if values == "{  }" else values.removesuffix(" }") + ", "
    return f"{begin}parts = [{inner}] }}"


def _many(key: str, lines: Iterable[str]) -> list[str]:
    return [f"{key} = [", *(f"    {line}," for line in lines), "]"]


def _annex_lines(annex: TextAnnex) -> Iterator[str]:
    yield from ("", "[[annex]]", f"title = {quoted(annex.title)}")
    yield from _pairs(when=annex.when, each=annex.each)
    if annex.apart:
        yield "apart = true"
    for block in annex.blocks:
        yield from ("", "[[annex.block]]", *_block_lines(block))


def _receipt_lines(rows: Sequence[Sequence[TextReceiptField]]) -> Iterator[str]:
    for row in rows:
        fields = ", ".join(_inline(label=each.label, text=each.text) for each in row)
        yield from ("", "[[receipt]]", f"field = [{fields}]")
