"""A result package computed again, without any office: opened by a double click, or chosen in the window."""

from pathlib import Path

from core.errors import AppError, InvalidInput
from core.model.result_package import Verification
from core.services.verification import verify_package
from gui.messages import Messages

DIFFERS = 1
UNREADABLE = 4
SHOWN_DIGITS = 8


def show_package(path: Path, messages: Messages) -> int:
    """Tell whether the results follow from the data in the package: 0 yes, 1 no, 4 it cannot be read."""
    try:
        found = verify_package(path)
    except AppError as error:
        messages.show_error(error, headline="没有核对结果包")
        return UNREADABLE
    tell_verified(found, messages)
    return 0 if found.holds else DIFFERS


def tell_verified(found: Verification, messages: Messages) -> None:
    """Say whether the results follow from the data, and where they do not."""
    if not found.holds:
        kept, now = _short(found.digest_kept), _short(found.digest_now)
        why = f"{found.title}：留存的数据校验码 {kept}，重新计算得到 {now}。"
        differing = InvalidInput("package_differs", why, "请向发来的单位要原来的文件。", found.differences)
        messages.show_error(differing, headline="结果包里的结果和重新计算的不一致")
        return
    facts = (
        ("考核", found.title),
        ("对象", f"{found.subjects} 个"),
        ("数据校验码", _short(found.digest_now)),
    )
    messages.show_facts("结果包完好，和重新计算的一致", facts)


def _short(digest: str) -> str:
    """As it stands on papers and beside the results."""
    return digest[:SHOWN_DIGITS].upper()
