"""What holds for every cell of every field of a ledger, however odd."""

import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.ledger import Field, FieldKind
from core.model.ledgers import LEDGERS
from core.model.organization import Community
from core.model.people import Sex
from core.model.reading import RemarkKind
from core.model.workbook import CellValue
from core.rules.ledger_titles import LinkBook
from core.rules.ledger_values import out_value, read_value, shown_value
from tests.laws import examples

TODAY = date(2026, 1, 8)
HALF = "\ud800"
K = FieldKind
FIELDS = (
    *(Field("value", "栏目", kind) for kind in K if kind not in (K.LINK, K.CHOICE)),
    Field("community_id", "社区", K.LINK, target=Community),
    Field("sex", "性别", K.CHOICE, choices=Sex),
    LEDGERS["tasks"].field("progress"),
    LEDGERS["obligations"].field("due_day"),
)
BOOK = LinkBook({Community: (Community("c1", "东湖社区"), Community("c2", "西河·村"))})
PIECES = st.one_of(
    st.sampled_from(
        [*"万亿零壹拾佰元整%-−(),，.·•约年月日二十xX男是√", "人民币", "2019年", "3月", "13800000001"]
    ),
    st.sampled_from(
        ["\u202e", "\u200b", "\ue863", "\ue000", "\ufffd", HALF, "\n", "\x07", "²", "½", "٣", "１"]
    ),
    st.sampled_from(["11010519491231002", "1.38E+10", "#REF!", "东湖", "西河.村", "社区", "/", "="]),
    st.text(max_size=4),
)
CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.lists(PIECES, max_size=8).map("".join),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@settings(max_examples=examples(1_000))
@given(field=st.sampled_from(FIELDS), cell=CELLS)
def test_every_cell_is_read_or_told_and_comes_back_as_it_went_out(field: Field, cell: CellValue) -> None:
    read = read_value(field, cell, BOOK, TODAY)
    assert all(said.message and (said.remedy or said.kind is RemarkKind.NOTE) for said in read.remarks)
    assert shown_value(field, read.value, BOOK)
    out = out_value(field, read.value, BOOK)
    if out is None or read.is_faulty:
        return
    marks = [unicodedata.category(each) for each in str(out).replace("\n", "") if each != "\u00ad"]
    assert not {"Cc", "Cs"} & set(marks)
    again = float(out) if field.kind in (K.MONEY, K.AREA) else out  # as Excel keeps numbers
    assert read_value(field, again, BOOK, TODAY).value == read.value
