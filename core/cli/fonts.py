"""Commands for the office's own fonts: list, add, remove."""

from collections.abc import Callable, Mapping

from core.cli.invocation import Invocation
from core.cli.terminal import Answer
from core.errors import InvalidInput, NotFound
from core.model.office_font import FontPlace, OfficeFont
from core.services.services import Services


def list_fonts(services: Services, call: Invocation) -> Answer:
    """The office's fonts with what each of them adds."""
    fonts = services.fonts.all()
    lines = tuple(_line(each) for each in fonts) or ("还没有添加字体，文书用程序自带的字体。",)
    return Answer({"fonts": [_fields(each) for each in fonts]}, lines)


def add(services: Services, call: Invocation) -> Answer:
    """Take a font file into use."""
    font = services.fonts.add(call.file, FontPlace(call.place), call.face)
    return Answer(_fields(font), ("已添加：", _line(font)))


def remove(services: Services, call: Invocation) -> Answer:
    """Take a font out of use."""
    font = services.fonts.remove(_named(services, call).id)
    return Answer(_fields(font), (f"已移除“{font.name}”（{font.place.label}）；可用 undo 恢复。",))


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "fonts list": list_fonts,
    "fonts add": add,
    "fonts remove": remove,
}


def _named(services: Services, call: Invocation) -> OfficeFont:
    """The one font of this name, among those of a place if this was said."""
    found = [
        each
        for each in services.fonts.all()
        if call.name in (each.name, each.file_name) and call.place in ("", each.place)
    ]
    if not found:
        raise NotFound("font_missing", f"没有添加过叫“{call.name}”的字体。", "用 fonts list 看有哪些。")
    if len(found) > 1:
        places = "、".join(each.place.value for each in found)
        raise InvalidInput(
            "font_ambiguous", f"“{call.name}”用在几处：{places}。", "请用 --for 写明移除哪一处的。"
        )
    return found[0]


def _line(font: OfficeFont) -> str:
    what = font.fault
    if font.reach:
        more = f"，其中程序自带字体没有的 {font.reach.added:,} 个" if font.reach.added else ""
        what = f"收汉字 {font.reach.ideographs:,} 个{more}"
    return f"{font.place.label}　{font.name}　{font.file_name}　{what}"


def _fields(font: OfficeFont) -> dict[str, object]:
    return {
        "for": font.place.value,
        "name": font.name,
        "file": font.file_name,
        "bytes": font.size,
        "sha256": font.digest,
        "added_at": font.added_at,
        "ideographs": font.reach.ideographs if font.reach else 0,
        "added": font.reach.added if font.reach else 0,
        "fault": font.fault,
    }
