"""The recovery code on paper."""

from collections.abc import Sequence
from datetime import date

from core.model.document import Paragraph
from core.model.register_papers import Form, FormField, FormRow, PaperPart, RegisterPaper


def code_paper(code: str, office: str, admins: Sequence[str], day: date) -> RegisterPaper:
    """The code with what to do with it, for the safe."""
    told = (
        "忘记密码，或管理员都不在时，用这个恢复码可以重设密码；数据加了密的，没有密码也没有恢复码就再也打不开。",
        "请把这张纸装进信封封好，由单位负责人保管，不要和电脑放在一起，不要拍照。",
        "用法：打开社评通，在登录窗口点“忘记密码”，输入登录名、恢复码和新密码。大小写不分，横线可以不写。",
        "用过以后，请在“系统 › 用户”里更换恢复码，重新打印；这一张从那时起作废。",
    )
    form = Form(
        (
            FormRow((FormField("恢复码", (code,)),), lines=3),
            FormRow((FormField("单位", (office,)),)),
            FormRow((FormField("管理员", ("、".join(admins),)),)),
            FormRow((FormField("打印日期", (f"{day.year}年{day.month}月{day.day}日",)),)),
        )
    )
    part = PaperPart("社评通恢复码", "", (form, *(Paragraph(each) for each in told)))
    return RegisterPaper("社评通恢复码", office, day, (part,), internal=True)
