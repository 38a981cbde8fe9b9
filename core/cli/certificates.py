"""Commands of certificates: issued, overprinted, registered, calibrated, verified."""

import sys
from collections.abc import Callable, Mapping

from core.cli.invocation import Invocation
from core.cli.terminal import Answer, progress, table
from core.errors import InvalidInput
from core.model.certificate import (
    CertificateCheck,
    CertificateEventKind,
    CertificateRequest,
    IssuedCertificates,
    NamedFile,
    RegisterLine,
)
from core.model.certificate_form import Adjustment, Calibration, Output, PrintProfile
from core.services.certificate_register import EventDraft
from core.services.files import read_bytes, read_text, refuse_unwritable, write_file
from core.services.services import Services

NOT_GENUINE = 3
"""The exit status of a certificate that is not as it should be."""


def issue(services: Services, call: Invocation) -> Answer:
    """Issue certificates of a kind; where they cannot be put, no number is booked."""
    refuse_unwritable(call.output / "证书.pdf" if call.separate else call.output)
    profile = _profile(services, call)
    made = services.certificates.issue(_request(call), progress, separate=call.separate)
    files = _handed_out(services, call, made, profile)
    for each in files:
        write_file(call.output / each.name if call.separate else call.output, each.content)
    if call.printer:
        services.certificate_register.record_print(
            [each.paper for each in made.prepared.lines],
            made.prepared.form,
            call.printer,
            1,
            stock=call.part == Output.TEXT,
        )
    issued = made.prepared.certificates
    lines = [f"已生成 {len(issued)} 张{made.prepared.template.name}：{call.output}"]
    lines += [f"  {each.number}　{each.recipient}" for each in issued]
    data = {
        "file": str(call.output),
        "files": [each.name for each in files] if call.separate else [call.output.name],
        "kind": made.prepared.template.code,
        "form": made.prepared.form.code,
        "certificates": [{"number": each.number, "recipient": each.recipient} for each in issued],
        "bytes": sum(len(each.content) for each in files),
    }
    return Answer(data, tuple(lines))


def kinds(services: Services, call: Invocation) -> Answer:
    """List the kinds of certificates."""
    own = services.certificate_designs.own_codes()
    known = services.certificate_designs.kinds()
    rows = [
        (each.code, each.name, each.source.label, each.form, "本单位" if each.code in own else "自带")
        for each in known
    ]
    keys = ("code", "name", "source", "form", "whose")
    return Answer(
        {"kinds": [dict(zip(keys, row, strict=True)) for row in rows]},
        tuple(table(("代号", "名称", "发给", "版式", "来源"), rows)),
    )


def export_kind(services: Services, call: Invocation) -> Answer:
    """Write the text of a kind."""
    write_file(call.output, services.certificate_designs.export_kind(call.code).encode())
    return Answer({"file": str(call.output)}, (f"已导出：{call.output}",))


def import_kind(services: Services, call: Invocation) -> Answer:
    """Bring the text of a kind in."""
    kind = services.certificate_designs.import_kind(read_text(call.file))
    return Answer({"code": kind.code, "name": kind.name}, (f"已导入证书模板“{kind.name}”（{kind.code}）。",))


def forms(services: Services, call: Invocation) -> Answer:
    """List the forms."""
    own = services.certificate_designs.own_codes()
    known = services.certificate_designs.forms()
    rows = [
        (each.code, each.name, f"{each.width:g}×{each.height:g}", "本单位" if each.code in own else "自带")
        for each in known
    ]
    keys = ("code", "name", "size_mm", "whose")
    return Answer(
        {"forms": [dict(zip(keys, row, strict=True)) for row in rows]},
        tuple(table(("代号", "名称", "尺寸（毫米）", "来源"), rows)),
    )


def export_form(services: Services, call: Invocation) -> Answer:
    """Write a form, its scan in it."""
    write_file(call.output, services.certificate_designs.export_form(call.code).encode())
    return Answer({"file": str(call.output)}, (f"已导出：{call.output}",))


def import_form(services: Services, call: Invocation) -> Answer:
    """Bring a form in."""
    picture = read_bytes(call.picture) if call.picture.name else b""
    form = services.certificate_designs.import_form(read_text(call.file), picture)
    size = f"{form.width:g}×{form.height:g}"
    words = (f"已导入证书版式“{form.name}”（{form.code}），{size} 毫米。",)
    return Answer({"code": form.code, "name": form.name, "size_mm": size}, words)


def restore(services: Services, call: Invocation) -> Answer:
    """Set a form or a kind back to the shipped one."""
    services.certificate_designs.restore(call.code)
    return Answer({"code": call.code}, (f"已恢复自带的“{call.code}”。",))


def calibration_sheet(services: Services, call: Invocation) -> Answer:
    """Write the calibration sheet of a form; with a printer, as it comes out with its adjustment."""
    designs = services.certificate_designs
    form = designs.form(call.form)
    profile = designs.profile(call.printer, call.tray, form.code) if call.printer else None
    write_file(call.output, designs.calibration_sheet(form, profile.adjustment if profile else None))
    crosses = designs.crosses(form)
    lines = [f"已生成校准页：{call.output}。打印时选“实际大小”，量出每个十字到纸左边、上边的距离。"]
    lines += [f"  十字 {number}　左 {x:g}　上 {y:g}" for number, (x, y) in enumerate(crosses, start=1)]
    return Answer({"file": str(call.output), "crosses": [list(each) for each in crosses]}, tuple(lines))


def calibrate(services: Services, call: Invocation) -> Answer:
    """Work out the adjustment from readings, and keep it."""
    designs = services.certificate_designs
    form = designs.form(call.form)
    found = designs.calibrated(form, call.readings)
    if not call.dry_run:
        designs.save_profile(call.printer, call.tray, form.code, found.adjustment)
    kept = "没有保存" if call.dry_run else "已保存"
    return Answer(_calibration_data(found), (*_words_of(found.adjustment), *_left_over(found), f"{kept}。"))


def profiles(services: Services, call: Invocation) -> Answer:
    """List the printers' profiles."""
    known = services.certificate_designs.profiles()
    rows = [
        (
            each.printer,
            each.tray,
            each.form,
            f"{each.dx}",
            f"{each.dy}",
            f"{each.scale_x}",
            f"{each.scale_y}",
            f"{each.rotation}",
        )
        for each in known
    ]
    heads = ("打印机", "进纸", "版式", "向右", "向下", "横向%", "纵向%", "旋转")
    keys = ("printer", "tray", "form", "dx", "dy", "scale_x", "scale_y", "rotation")
    data = {"profiles": [dict(zip(keys, row, strict=True)) for row in rows]}
    return Answer(data, tuple(table(heads, rows)) if rows else ("还没有套打校准。",))


def register(services: Services, call: Invocation) -> Answer:
    """List the register of certificates."""
    lines = services.certificate_register.lines(call.year, call.kind, call.words)
    if call.output.name:
        write_file(call.output, services.certificate_register.workbook(lines))
    rows = [
        (each.number, each.template, each.recipient, each.result, each.state.label, each.holder)
        for each in lines
    ]
    shown = (
        table(("编号", "种类", "名称", "内容", "状态", "领取人"), rows)
        if rows
        else ["登记簿里没有这样的证书。"]
    )
    return Answer({"certificates": [_line_data(each) for each in lines]}, tuple(shown))


def record(services: Services, call: Invocation) -> Answer:
    """Write down what happened to certificates."""
    kind = CertificateEventKind(call.event)
    draft = EventDraft(kind, call.dated_on, call.by, call.printer, call.copies, call.reason)
    lines = services.certificate_register.record(call.numbers, draft)
    words = [f"{each.number or each.recipient}　{each.recipient}：{each.state.label}" for each in lines]
    return Answer({"certificates": [_line_data(each) for each in lines]}, tuple(words))


def again(services: Services, call: Invocation) -> Answer:
    """Make the file of a certificate again, byte for byte, or its one sheet out of it."""
    refuse_unwritable(call.output)
    line = services.certificate_register.find(call.numbers[0])
    make = services.certificates.sheet if call.alone else services.certificates.again
    made = make(line.paper, progress)
    write_file(call.output, made)
    data = {"file": str(call.output), "sha256": line.paper.digest, "bytes": len(made)}
    which = "它所在的整个文件" if call.alone else ""
    return Answer(
        data,
        (f"已重新生成：{call.output}", f"{which}与发出时逐字节相同（SHA-256 {line.paper.digest}）。"),
    )


def stock(services: Services, call: Invocation) -> Answer:
    """Show how many blank sheets there must be."""
    known = services.certificate_register.stock()
    rows = [
        (each.form, str(each.received), str(each.used), str(each.spoiled), str(each.balance))
        for each in known
    ]
    keys = ("form", "received", "used", "spoiled", "balance")
    data = {"stock": [{key: getattr(each, key) for key in keys} for each in known]}
    heads = ("证书纸", "领入", "用去", "报废", "结存")
    shown = table(heads, rows, frozenset({1, 2, 3, 4})) if rows else ["还没有登记空白证书纸。"]
    return Answer(data, tuple(shown))


def verify(services: Services, call: Invocation) -> Answer:
    """Check a certificate offline; the status says whether it is as it should be."""
    if call.said:
        said = sys.stdin.read() if call.said == "-" else call.said
        check = services.certificate_register.check_text(said)
    elif call.numbers and call.name and call.code:
        check = services.certificate_register.check(call.numbers[0], call.name, call.result, call.code)
    else:
        raise InvalidInput(
            "nothing_to_verify",
            "没有说要核对哪张证书。",
            "请写扫出来的二维码内容，或者 --number、--name、--result、--code 四项。",
        )
    data = {
        "good": check.good,
        "genuine": check.genuine,
        "registered": check.line is not None,
        "differences": list(check.differences),
        "revoked_on": check.revoked_on,
        "revoked_why": check.revoked_why,
        "certificate": _line_data(check.line) if check.line else None,
    }
    return Answer(data, _check_words(check), 0 if check.good else NOT_GENUINE)


def _request(call: Invocation) -> CertificateRequest:
    return CertificateRequest(
        kind=call.kind or "certificate",
        year=call.year,
        cycle=call.cycle,
        dated_on=call.dated_on,
        names=call.names,
        form=call.form,
        first_number=call.first_number,
        skip_reason=call.reason,
    )


def _profile(services: Services, call: Invocation) -> PrintProfile | None:
    """The profile to print with; found before any number is booked."""
    if not call.printer:
        return None
    prepared = services.certificates.prepare(_request(call))
    return services.certificate_designs.profile(call.printer, call.tray, prepared.form.code)


def _handed_out(
    services: Services, call: Invocation, made: IssuedCertificates, profile: PrintProfile | None
) -> tuple[NamedFile, ...]:
    """The files as they were kept, or as this printer needs them on its stock."""
    output = Output(call.part)
    if output is Output.BOTH and profile is None:
        return made.files
    adjustment = profile.adjustment if profile else Adjustment()
    if not call.separate:
        content = services.certificates.render(made.prepared, progress, output, adjustment)
        return (NamedFile(made.files[0].name, content),)
    return tuple(
        NamedFile(file.name, services.certificates.render(single, progress, output, adjustment))
        for file, single in zip(made.files, made.prepared.singly(), strict=True)
    )


def _words_of(adjustment: Adjustment) -> tuple[str, ...]:
    return (
        f"向右 {adjustment.dx} 毫米，向下 {adjustment.dy} 毫米",
        f"横向 {adjustment.scale_x}%，纵向 {adjustment.scale_y}%，旋转 {adjustment.rotation} 度",
    )


def _left_over(found: Calibration) -> tuple[str, ...]:
    words = f"校准前最大偏差 {found.before:.2f} 毫米，校准后 {found.worst:.2f} 毫米"
    return (words,)


def _calibration_data(found: Calibration) -> dict[str, object]:
    adjustment = found.adjustment
    names = ("dx", "dy", "scale_x", "scale_y", "rotation")
    return {
        **{name: float(getattr(adjustment, name)) for name in names},
        "before_mm": round(found.before, 3),
        "after_mm": round(found.worst, 3),
    }


def _line_data(line: RegisterLine) -> dict[str, object]:
    return {
        "id": line.paper.id,
        "number": line.number,
        "kind": line.paper.kind,
        "recipient": line.recipient,
        "result": line.result,
        "dated_on": line.paper.dated_on,
        "state": line.state.value,
        "copies": line.copies,
        "spoiled": line.spoiled,
        "holder": line.holder,
        "handed_on": line.handed_on,
        "sha256": line.paper.digest,
        "reason": line.paper.reason,
    }


def _check_words(check: CertificateCheck) -> tuple[str, ...]:
    said = f"{check.number}　{check.recipient}　{check.result}"
    if not check.genuine:
        return (said, "校验码不对：这张证书的编号、名称或内容被改过，或者不是本单位这套程序生成的。")
    if check.line is None:
        return (said, "校验码正确，但本机登记簿里没有这个编号：可能是在别的电脑上、或在恢复备份以前发的。")
    lines = [said, f"真实：{check.line.paper.dated_on} 发的{check.line.template}，{check.line.state.label}。"]
    lines += check.differences
    if check.revoked_on:
        lines.append(f"已于 {check.revoked_on} 撤销：{check.revoked_why}。")
    return tuple(lines)


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "certificates": issue,
    "certificate kinds": kinds,
    "certificate export-kind": export_kind,
    "certificate import-kind": import_kind,
    "certificate forms": forms,
    "certificate export-form": export_form,
    "certificate import-form": import_form,
    "certificate restore": restore,
    "certificate calibration-sheet": calibration_sheet,
    "certificate calibrate": calibrate,
    "certificate profiles": profiles,
    "certificate register": register,
    "certificate record": record,
    "certificate again": again,
    "certificate stock": stock,
    "verify-certificate": verify,
}
