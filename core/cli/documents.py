"""Commands of documents: templates, written, checked, signed, issued, void, compared, printed."""

from collections.abc import Callable, Mapping
from functools import partial

from core.cli.invocation import Invocation
from core.cli.terminal import Answer, progress, table
from core.errors import InvalidInput
from core.model.certificate import NamedFile
from core.model.document import OfficialDocument, Paragraph, People, Table
from core.model.text_comparison import Change, ComparedParagraph
from core.model.written_document import DocumentState, IssuedPaper, WrittenDocument
from core.services.document_files import code_of, number_of
from core.services.document_opening import Wanted
from core.services.document_versions import compare_versions
from core.services.files import read_text, refuse_unwritable, write_file, write_files
from core.services.services import Services

FOUND_SOMETHING = 1
_MARKS: Mapping[Change, tuple[str, str]] = {
    Change.KEPT: ("", ""),
    Change.ADDED: ("［+", "+］"),
    Change.REMOVED: ("［-", "-］"),
}


def templates(services: Services, call: Invocation) -> Answer:
    """List the templates."""
    lines = services.document_templates.lines()
    whose = {(False, True): "自带", (True, True): "已修改", (True, False): "自己的"}
    rows = [
        (each.code, each.name, each.genre, each.about.label, whose[each.is_own, each.is_shipped])
        for each in lines
    ]
    data = [
        {
            "code": each.code,
            "name": each.name,
            "genre": each.genre,
            "about": each.about.value,
            "purpose": each.purpose,
            "own": each.is_own,
            "shipped": each.is_shipped,
        }
        for each in lines
    ]
    return Answer({"templates": data}, tuple(table(("代号", "名称", "文种", "关于", "来源"), rows)))


def show_template(services: Services, call: Invocation) -> Answer:
    """Show the text of a template, or write it to a file."""
    desk = services.document_templates
    return _told_text({"code": call.code}, desk.written(desk.template(call.code)), call)


def save_template(services: Services, call: Invocation) -> Answer:
    """Keep the office's own version of a template, from a file."""
    kept = services.document_templates.read(read_text(call.file))
    services.document_templates.save(kept)
    return Answer({"code": kept.code, "name": kept.name}, (f"已保存模板“{kept.name}”（{kept.code}）。",))


def restore_template(services: Services, call: Invocation) -> Answer:
    """Use the shipped template again."""
    shipped = services.document_templates.restore(call.code)
    return Answer(
        {"code": shipped.code, "name": shipped.name},
        (f"已恢复自带的模板“{shipped.name}”（{shipped.code}）。",),
    )


def subjects(services: Services, call: Invocation) -> Answer:
    """List what a document from a template can be about alone."""
    template = services.document_templates.template(call.code)
    choices = services.document_subjects.choices(template.about, call.year, call.cycle)
    lines = table(("编号", "对象"), choices) if choices else [f"“{template.name}”不用选对象。"]
    data = [{"ref": ref, "words": words} for ref, words in choices]
    return Answer({"about": template.about.value, "subjects": data}, tuple(lines))


def new(services: Services, call: Invocation) -> Answer:
    """Begin a document from a template."""
    wanted = Wanted(call.code, call.year, call.cycle, call.ref, call.dated_on)
    document = services.documents.write(wanted)
    return _told(document, "已起草")


def list_documents(services: Services, call: Invocation) -> Answer:
    """List the documents of a year."""
    lines = services.documents.lines(call.year)
    rows = [
        (code_of(each.document), each.document.title, each.genre, each.number, each.document.state.label)
        for each in lines
    ]
    data = [
        {**_data(each.document), "genre": each.genre, "number": each.number, "papers": each.papers}
        for each in lines
    ]
    shown = table(("代号", "标题", "文种", "发文字号", "状态"), rows) if rows else ["这一年还没有文书。"]
    return Answer({"documents": data}, tuple(shown))


def show(services: Services, call: Invocation) -> Answer:
    """Show a document, or write its text to a file to be edited."""
    document = services.document_files.find(call.name)
    if call.output.name:
        return _told_text(_data(document), document.text, call)
    steps = [
        f"{each.at}　{DocumentState(each.state).label}　{each.person}　{each.note}".rstrip("　")
        for each in document.steps
    ]
    opened = services.documents.open(document.id)
    count = len(opened.copies)
    lines = [f"{document.title}（{code_of(document)}，{document.state.label}）"]
    lines += (
        [f"发文字号　{opened.number}{'' if opened.papers else '（预留，未占用）'}"] if opened.number else []
    )
    lines += [f"成文日期　{document.dated_on or '签发当日'}", f"份数　　　{count}", *steps, ""]
    lines += _page_lines(opened.filled()) if count else []
    data = {**_data(document), "number": opened.number, "papers": count, "text": document.text}
    return Answer({**data, "steps": [each._asdict() for each in document.steps]}, tuple(lines))


def edit(services: Services, call: Invocation) -> Answer:
    """Put the text of a file in the place of a document's own."""
    document = services.document_files.find(call.name)
    saved = services.documents.save_written(document, read_text(call.file), call.dated_on)
    return _told(saved, "没有改动" if saved == document else "已保存")


def check(services: Services, call: Invocation) -> Answer:
    """What is to be looked at before a document is issued; the status says whether there is anything."""
    document = services.document_files.find(call.name)
    found = services.documents.findings(services.documents.open(document.id))
    data = {
        **_data(document),
        "findings": [
            {"code": each.code.value, "place": each.place, "message": each.message, "remedy": each.remedy}
            for each in found
        ],
    }
    lines = [f"{each.place}：{each.message}{each.remedy}" for each in found]
    head = (
        f"《{document.title}》有 {len(found)} 处要核对：" if found else f"《{document.title}》没有要核对的。"
    )
    return Answer(data, (head, *lines), FOUND_SOMETHING if found else 0)


def hand_in(services: Services, call: Invocation) -> Answer:
    """Hand a draft in for review."""
    return _stepped(services, call, DocumentState.REVIEW)


def sign(services: Services, call: Invocation) -> Answer:
    """Sign what was reviewed."""
    return _stepped(services, call, DocumentState.SIGNED)


def send_back(services: Services, call: Invocation) -> Answer:
    """Send a document back to be rewritten."""
    return _stepped(services, call, DocumentState.DRAFT)


def issue(services: Services, call: Invocation) -> Answer:
    """Issue a signed document."""
    document = services.document_files.find(call.name)
    chosen = call.number or None
    papers = services.document_issue.issue(document.id, progress, sequence=chosen, note=call.reason)
    lines = [f"已印发《{document.title}》，{len(papers)} 份。", *map(_paper_line, papers)]
    return Answer(
        {**_data(document), "state": "issued", "papers": list(map(_paper_data, papers))}, tuple(lines)
    )


def void(services: Services, call: Invocation) -> Answer:
    """Declare an issued document void."""
    document = services.document_files.find(call.name)
    voided = services.document_issue.void(document.id, call.reason)
    return Answer(_data(voided), (f"《{voided.title}》（{code_of(voided)}）已作废，号不再用。",))


def remove(services: Services, call: Invocation) -> Answer:
    """Take out a draft."""
    document = services.document_files.find(call.name)
    services.documents.remove(document.id)
    return Answer(_data(document), (f"已删除草稿《{document.title}》；可用 undo 恢复。",))


def versions(services: Services, call: Invocation) -> Answer:
    """List the texts that a document had, the newest first."""
    document = services.document_files.find(call.name)
    made = services.documents.versions(document.id)
    numbered = [(len(made) - place, each) for place, each in enumerate(made)]
    rows = [
        (str(number), f"{each.act.at:%Y-%m-%d %H:%M}", each.act.actor, each.state.label)
        for number, each in numbered
    ]
    data = [
        {
            "version": number,
            "at": each.act.at.isoformat(timespec="seconds"),
            "by": each.act.actor,
            "text": each.text,
        }
        for number, each in numbered
    ]
    return Answer(
        {**_data(document), "versions": data},
        tuple(table(("版本", "时间", "操作人", "状态"), rows, frozenset({0}))),
    )


def compare(services: Services, call: Invocation) -> Answer:
    """What was changed from one version of a document to another."""
    document = services.document_files.find(call.name)
    texts = [each.text for each in reversed(services.documents.versions(document.id))]
    for number in call.pair:
        if number > len(texts):
            raise InvalidInput(
                "no_version", f"没有版本 {number}，一共 {len(texts)} 个。", "用 document versions 看有哪些。"
            )
    old, new = (texts[number - 1] for number in call.pair)
    compared = compare_versions(services.documents.open(document.id), old, new)
    changed = [each for each in compared if each.change is not Change.KEPT]
    lines = [f"{each.change.label}　{_marked(each)}" for each in changed]
    data = [{"change": each.change.value, "old": each.old, "new": each.new} for each in changed]
    return Answer({**_data(document), "changes": data}, tuple(lines or ["两个版本的文字一样。"]))


def pdf(services: Services, call: Invocation) -> Answer:
    """Write a document as PDF."""
    return _written(services, call, partial(services.document_files.pdf, red_stock=call.red_stock))


def word(services: Services, call: Invocation) -> Answer:
    """Write a document as .docx."""
    return _written(services, call, services.document_files.word)


COMMANDS: Mapping[str, Callable[[Services, Invocation], Answer]] = {
    "document templates": templates,
    "document show-template": show_template,
    "document save-template": save_template,
    "document restore-template": restore_template,
    "document subjects": subjects,
    "document new": new,
    "document list": list_documents,
    "document show": show,
    "document edit": edit,
    "document check": check,
    "document hand-in": hand_in,
    "document sign": sign,
    "document send-back": send_back,
    "document issue": issue,
    "document void": void,
    "document remove": remove,
    "document versions": versions,
    "document compare": compare,
    "document pdf": pdf,
    "document word": word,
}


def _stepped(services: Services, call: Invocation, state: DocumentState) -> Answer:
    document = services.document_files.find(call.name)
    return _told(services.documents.step(document.id, state, call.reason), "现在是")


def _written(services: Services, call: Invocation, make: Callable[..., tuple[NamedFile, ...]]) -> Answer:
    document = services.document_files.find(call.name)
    if not call.separate:
        refuse_unwritable(call.output)
    files = make(document.id, progress, separate=call.separate)
    if call.separate:
        write_files(call.output, files)
    else:
        write_file(call.output, files[0].content)
    names = [each.name for each in files] if call.separate else [call.output.name]
    count = f"{len(files)} 个文件" if call.separate else "1 个文件"
    data = {
        **_data(document),
        "file": str(call.output),
        "files": names,
        "bytes": sum(len(each.content) for each in files),
    }
    return Answer(data, (f"已生成《{document.title}》，{count}：{call.output}",))


def _told(document: WrittenDocument, what: str) -> Answer:
    words = f"{what}：{document.state.label}" if what != "现在是" else f"{what}“{document.state.label}”"
    return Answer(_data(document), (f"《{document.title}》（{code_of(document)}）{words}。",))


def _told_text(data: Mapping[str, object], text: str, call: Invocation) -> Answer:
    if not call.output.name:
        return Answer({**data, "text": text}, tuple(text.splitlines()))
    write_file(call.output, text.encode())
    return Answer({**data, "file": str(call.output)}, (f"已导出：{call.output}",))


def _data(document: WrittenDocument) -> dict[str, object]:
    return {
        "code": code_of(document),
        "id": document.id,
        "template": document.template,
        "title": document.title,
        "state": document.state.value,
        "year": document.year,
        "dated_on": document.dated_on,
    }


def _paper_line(paper: IssuedPaper) -> str:
    return "　".join(("", *filter(None, (number_of(paper), paper.recipient or paper.title))))


def _paper_data(paper: IssuedPaper) -> dict[str, object]:
    return {
        "number": number_of(paper),
        "title": paper.title,
        "recipient": paper.recipient,
        "dated_on": paper.dated_on,
        "sha256": paper.digest,
    }


def _page_lines(document: OfficialDocument) -> list[str]:
    """The words of a document, tables by their heads."""
    lines = ["".join(document.title), *([f"{document.addressee}："] if document.addressee else [])]
    for place, blocks in enumerate((document.paragraphs, *(each.blocks for each in document.annexes))):
        lines += [f"附件{place}：{document.annexes[place - 1].title}"] if place else []
        for block in blocks:
            match block:
                case Paragraph():
                    lines.append(f"　　{block.heading}{block.text}")
                case People():
                    lines.append(f"　　{block.label}：{'、'.join(each.name for each in block.people)}")
                case Table():
                    heads = "｜".join(each.title for each in block.columns)
                    lines.append(f"　　［表格：{heads}，{len(block.rows)} 行］")
    return lines


def _marked(paragraph: ComparedParagraph) -> str:
    """A paragraph with what was added and removed between marks."""
    if paragraph.change is not Change.CHANGED:
        return "".join(run.text for run in paragraph.runs)
    marked = ((_MARKS[run.change], run.text) for run in paragraph.runs)
    return "".join(f"{begin}{text}{end}" for (begin, end), text in marked)
