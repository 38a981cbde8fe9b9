"""What is wrong with a certificate, in the words of its forms: a finding names the keys of the file.

said_in_form(problem, {"left": "左边距"})      第 1 项栏“标题”的 left：…… -> 第 1 项栏“标题”的左边距：……
"""

from collections.abc import Mapping
from dataclasses import replace

from core.errors import Problem

SHEET_WORDS: Mapping[str, str] = {
    "name": "名称",
    "purpose": "用途",
    "width": "宽",
    "height": "高",
    "left": "左边距",
    "size": "字号",
    "leading": "行距",
    "axis": "居中线",
    "axis_of": "居中线",
    "text": "内容",
}


def said_in_form(problem: Problem, words: Mapping[str, str]) -> str:
    """The finding in one line; a key without a word stays as it is."""
    place, _, key = problem.place.rpartition(" ")
    if key in words:
        problem = replace(problem, place=f"{place}{words[key]}")
    return str(problem)
