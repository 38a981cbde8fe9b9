"""Known weaknesses of the libraries in the locks: `python3 run.py audit` asks the public advisories for them.

It needs the network. Where something could not be asked, this is said and has a status of its own: nobody
takes it for a clean bill.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from installer.product import ROOT, say

LOCKS = (ROOT / "requirements.lock", ROOT / "installer" / "requirements.lock")


SOUND, WEAK, UNASKED = range(3)


def main() -> int:
    """The exit status: WEAK if a library has a known weakness, else UNASKED if not all could be asked."""
    told = ask()
    if told is None:
        say("连不上 osv.dev，安全公告这次没有查：请在能上网的电脑上再运行 run.py audit。")
        return UNASKED
    weak, unknown = verdict(told)
    for line in weak:
        say(line)
    if unknown:
        say(f"{'、'.join(unknown)}：查不到安全公告，没有查。")
    if not weak and len(unknown) < len(told):
        say(f"查过的 {len(told) - len(unknown)} 个程序库没有已公布的漏洞。")
    if weak:
        return WEAK
    return UNASKED if unknown else SOUND


def ask() -> Sequence[Mapping[str, Any]] | None:
    """What pip-audit tells of each library in the locks; None if there is no answer."""
    locks = [part for lock in LOCKS for part in ("-r", str(lock))]
    options = ("-s", "osv", "--require-hashes", "--disable-pip", "--progress-spinner", "off", "-f", "json")
    ran = subprocess.run(
        [sys.executable, "-m", "pip_audit", *options, *locks],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    try:
        told: Sequence[Mapping[str, Any]] = json.loads(ran.stdout)["dependencies"]
    except ValueError:
        return None
    return told


def verdict(told: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    """A line for each known weakness, and the libraries of which nothing could be learnt."""
    weak = [
        f"{each['name']} {each['version']} 有已公布的漏洞 {flaw['id']}，改好的版本："
        f"{'、'.join(flaw['fix_versions']) or '还没有'}。"
        for each in told
        for flaw in each.get("vulns", ())
    ]
    return weak, [each["name"] for each in told if "skip_reason" in each]


if __name__ == "__main__":
    sys.exit(main())
