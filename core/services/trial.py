"""Trying a scheme on made-up sheets, without a store: for authors of schemes."""

from pathlib import Path

from core.errors import StorageFailed
from core.model.assessment import Subject
from core.model.outcome import Outcome
from core.model.scheme import Scheme
from core.rules.assessing import assess
from core.rules.scheme_file import read_scheme
from core.rules.trial import read_sheets_json


def try_scheme(scheme_file: Path, sheets_file: Path) -> tuple[Scheme, tuple[Subject, ...], Outcome]:
    """The scheme, the subjects and what they get.

    Raises:
        InvalidInput: the scheme or the sheets are faulty; all findings are in `problems`.
        StorageFailed: a file cannot be read.
    """
    scheme = read_scheme(_text(scheme_file))
    trial = read_sheets_json(_text(sheets_file), scheme)
    return scheme, trial.subjects, assess(scheme, trial.subjects, trial.sheets, trial.entries)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StorageFailed(
            "file_not_utf8", f"“{path.name}”不是 UTF-8 文本。", "请另存为 UTF-8 编码再试。"
        ) from error
    except OSError as error:
        raise StorageFailed(
            "file_not_read", f"没有读到“{path.name}”。", "请核对文件名，并确认文件没有被别的程序占用。"
        ) from error
