"""The command that packs what somebody who helps has to know."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from core.cli.access import come_in
from core.cli.invocation import Invocation
from core.cli.terminal import Answer
from core.errors import AppError
from core.services.diagnosis import make_diagnosis
from core.services.door import Door
from core.services.log_file import log_bug
from core.services.services import Services

_log = logging.getLogger(__name__)


def diagnosis(open_door: Callable[[Invocation, bool], Door], folder: Path, call: Invocation) -> Answer:
    """Write the package, whether the store can be opened or not: without a login its insides are left out."""
    services, trouble = _opened(open_door, call)
    try:
        store = services.store if services else None
        make_diagnosis(call.output, folder, datetime.now(), store, trouble)
    finally:
        if services:
            services.close()
    lines = [f"已写好诊断包：{call.output}", "里面有版本、环境、检查结果和日志，没有个人信息。"]
    if trouble:
        lines.append(f"数据文件没有打开，所以没有检查：{trouble.message_zh}")
    return Answer({"file": str(call.output), "opened": services is not None}, tuple(lines))


def _opened(
    open_door: Callable[[Invocation, bool], Door], call: Invocation
) -> tuple[Services | None, AppError | None]:
    try:
        return come_in(open_door(call, False), call), None
    except AppError as error:
        return None, error
    except Exception as error:
        bug = log_bug(_log, "Opening for a diagnosis failed", error)
        return None, AppError("bug", f"程序出错（编号 {bug.number}）。")
