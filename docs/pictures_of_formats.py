"""Pictures of the formats of official documents.

.venv/bin/python docs/pictures_of_formats.py      writes format-*.png
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pypdfium2
from pictures import keep
from PIL import Image, ImageOps

from core.model.document import (
    Annex,
    DocumentFormat,
    OfficialDocument,
    Paragraph,
    People,
    Person,
    Receipt,
    ReceiptField,
    Table,
    TableColumn,
)
from core.paper.fonts import FontLibrary
from core.paper.render import ReportLabPaper

SCALE, GAP, DESK = 0.62, 14, "#d9d7d2"
COLUMNS = (
    TableColumn("序号", 2),
    TableColumn("组织名称", 7, "left"),
    TableColumn("得分", 3),
    TableColumn("等次", 3),
)
NAMES = ("松枫社区作风监督志愿队", "东湖社区合唱团", "滨湖社区楼宇经济联合会", "梅园社区银龄书画社")
ROWS = tuple((str(n), NAMES[n % 4], f"{98 - n / 2:.2f}", "优秀" if n < 9 else "良好") for n in range(1, 31))
TEXT = (
    Paragraph(
        "根据《临江街道社会组织年度考核办法》，街道对全街道社会组织2025年度工作进行了考核。经各社区推荐、有关"
        "科室评分、街道党工委审定并公示，现将考核结果通报如下。"
    ),
    Paragraph(heading="一、考核等次", level=1),
    Paragraph("本次考核共有30个社会组织参加，优秀8个，良好22个。名单见附件。"),
    Paragraph(heading="二、工作要求", level=1),
    Paragraph("受表扬的社会组织要珍惜荣誉、再接再厉；", "（一）发挥示范作用。", 2),
    Paragraph("各社区要对照考核指标，帮助社会组织补齐短板。", "（二）抓好问题整改。", 2),
)
ORDINARY = OfficialDocument(
    red_head="临江街道办事处文件",
    number="临街办〔2026〕3号",
    title=("临江街道办事处", "关于", "2025年度", "社会组织", "考核结果", "的通报"),
    addressee="各社区，各社会组织",
    paragraphs=TEXT,
    annexes=(Annex("2025年度社会组织考核结果", (Table(COLUMNS, ROWS),)),),
    issuer="临江街道办事处",
    dated_on=date(2026, 1, 5),
    copy_to="区民政局",
    printed_by="临江街道党政综合办公室",
    printed_on=date(2026, 1, 6),
)
HELD = (
    "参加考核的社会组织共30个，优秀8个，良好22个。街道将把考核结果用于年度表扬和扶持资金安排，并逐一帮助"
    "得分较低的社会组织制定整改计划。"
)
SERVICE_MONTH = (
    Paragraph(
        "为发挥社区社会组织作用，街道决定联合有关单位于2026年3月开展公益服务月活动。现将有关事项通知如下。"
    ),
    Paragraph(heading="一、活动时间", level=1),
    Paragraph("2026年3月1日至31日。"),
    Paragraph(heading="二、活动内容", level=1),
    Paragraph("邻里守望、环境整治、健康义诊、法律咨询、文艺展演。"),
    Paragraph(heading="三、有关要求", level=1),
    Paragraph("各社区要组织不少于三个社会组织参加，活动情况于4月3日前报社会事务办公室。"),
)
LETTER = replace(
    ORDINARY,
    format=DocumentFormat.LETTER,
    red_head="临江街道办事处",
    number="临街办函〔2026〕2号",
    title=("临江街道办事处", "关于商请提供", "社会组织活动场地", "的函"),
    addressee="区文化和旅游局",
    paragraphs=(
        Paragraph(
            "为办好2026年度社区社会组织展示活动，现商请贵局于3月14日（星期六）提供文化馆一楼展厅，时间一天。"
        ),
        Paragraph("可否，请函复。"),
    ),
    annexes=(),
    note="联系人：张三，电话：1234567",
)
PLAIN = replace(
    ORDINARY,
    format=DocumentFormat.PLAIN,
    red_head="",
    number="",
    title=("社会组织考核结果告知书",),
    addressee="松枫社区作风监督志愿队",
    paragraphs=(
        Paragraph(
            "经考核并公示，你单位2025年度考核得分97.50分，等次为优秀。对结果有异议的，可在收到本告知书后5个工作日内提出。"
        ),
    ),
    annexes=(),
    copy_to="",
    printed_by="",
    printed_on=None,
    receipt=Receipt(
        (
            (ReceiptField("文书名称", "社会组织考核结果告知书"),),
            (ReceiptField("受送达人", "松枫社区作风监督志愿队"), ReceiptField("送达人")),
            (ReceiptField("收件人签名"), ReceiptField("收到日期")),
        )
    ),
)
MINUTES = replace(
    ORDINARY,
    format=DocumentFormat.MINUTES,
    red_head="临江街道办事处会议纪要",
    number="〔2026〕第1期",
    title=("社会组织考核工作", "领导小组会议纪要"),
    addressee="",
    paragraphs=(
        Paragraph("1月4日，街道社会组织考核工作领导小组召开会议，研究2025年度考核结果。现纪要如下。"),
        Paragraph("同意考核办公室提出的等次建议。", "一、", 0),
        Paragraph("公示期为5个工作日，由社会事务办公室受理异议。", "二、", 0),
        Paragraph("公示期满无异议的，按程序公布；有异议的，五个工作日内核查答复。", "三、", 0),
        Paragraph(
            "各社区要做好解释说明，帮助得分较低的社会组织制定整改计划，街道相关科室逐一联系。", "四、", 0
        ),
    ),
    annexes=(),
    attendance=(
        People("出席", tuple(map(Person, ("王一", "李四", "赵五", "欧阳明")))),
        People("请假", (Person("钱七"),)),
    ),
)
JOINT = replace(
    ORDINARY,
    red_head="临江街道办事处文件",
    partners=("临江街道总工会", "共青团临江街道工作委员会"),
    title=("关于开展", "社区社会组织", "公益服务月活动", "的通知"),
    paragraphs=SERVICE_MONTH,
    annexes=(),
)
UPWARD = replace(
    ORDINARY,
    copy_number="000001",
    urgency="加急",
    signers=("王一",),
    title=("临江街道办事处", "关于", "2025年度", "社会组织考核工作", "的报告"),
    addressee="区人民政府",
    paragraphs=(TEXT[0], Paragraph(HELD), Paragraph("特此报告。")),
    annexes=(),
    note="联系人：张三，电话：1234567",
)
TWO_SIDED = replace(
    ORDINARY, two_sided=True, annexes=(Annex("2025年度优秀社会组织", (Table(COLUMNS, ROWS[:8]),)),)
)

SHOWN: Mapping[str, OfficialDocument] = {
    "format-ordinary": ORDINARY,
    "format-letter": LETTER,
    "format-plain": PLAIN,
    "format-minutes": MINUTES,
    "format-joint": JOINT,
    "format-upward": UPWARD,
    "format-two-sided": TWO_SIDED,
}


def sheets_of(pdf: bytes) -> Image.Image:
    """All pages of a document side by side on a desk, each with its edge."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [
            ImageOps.expand(page.render(scale=SCALE).to_pil().convert("RGB"), 1, "#8a8a8a")
            for page in document
        ]
    width = sum(page.width + GAP for page in pages) + GAP
    desk = Image.new("RGB", (width, pages[0].height + 2 * GAP), DESK)
    x = GAP
    for page in pages:
        desk.paste(page, (x, GAP))
        x += page.width + GAP
    return desk


def main() -> None:
    """Draw every format."""
    paper = ReportLabPaper(FontLibrary())
    for name, document in SHOWN.items():
        keep(sheets_of(paper.document(document)), name)


if __name__ == "__main__":
    main()
