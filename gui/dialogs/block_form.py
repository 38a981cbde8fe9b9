"""The dialog in which a block of a text is written or changed.

form = block_form(block, words, messages, parent); form.written.connect(put); form.open()
"""

from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from core.model.document_text import TextPeople, TextReceipt, TextTable, WrittenBlock
from core.services.document_editing import FieldWords
from gui.dialogs.block_heads import BlockHeads
from gui.dialogs.typed_rows import TypedPeople, TypedReceipt
from gui.dialogs.typed_table import TypedTable
from gui.messages import Messages

BlockForm: TypeAlias = BlockHeads | TypedPeople | TypedReceipt | TypedTable


def block_form(block: WrittenBlock, words: FieldWords, messages: Messages, parent: QWidget) -> BlockForm:
    """All of a block that was typed; of one that the data fill, its heads."""
    if isinstance(block, TextReceipt):
        return TypedReceipt(block, words, messages, parent)
    if isinstance(block, TextTable) and block.is_typed:
        return TypedTable(block, words, messages, parent)
    if isinstance(block, TextPeople) and block.is_typed:
        return TypedPeople(block, words, messages, parent)
    return BlockHeads(block, words, parent)


def verb_of(block: WrittenBlock | None) -> str:
    """What the button says that opens it."""
    if isinstance(block, TextReceipt):
        return "改回执"
    if isinstance(block, TextTable) and block.is_typed:
        return "改表格"
    if isinstance(block, TextPeople) and block.is_typed:
        return "改名单"
    return "改表头"
