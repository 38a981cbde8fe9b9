"""Make the environment, then act. Standard library only: nothing is installed when this starts."""

from __future__ import annotations  # an older Python must come as far as the message about its age

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

USAGE = """\
python3 run.py             打开示例街道的程序；没有屏幕时，用命令行办完它的一年，结果放在 sample-output/
python3 run.py -- 参数     照参数运行 main.py
python3 run.py test 参数   做全部检查和测试，参数交给 pytest
python3 run.py laws 参数   用随机的例子、十倍的数目再试各条规律，参数交给 pytest
python3 run.py bench 参数  测速，参数交给 pytest
python3 run.py faults      故障测试：强行结束、断电、写满、损坏、坏文件；--full 做足次数，--seed 重做
python3 run.py build       打成不用装 Python 的程序文件夹 dist/shepingtong，并试用一遍
python3 run.py audit       查所用的程序库有没有已公布的漏洞（要上网；退出码 1 有漏洞，2 没有查成）
python3 run.py package 种类  由它做成 dist/ 里的安装包：deb、portable（绿色版）、windows
"""
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "requirements.sha256"
LOCK = ROOT / "requirements.lock"
BUILD_LOCK = ROOT / "installer" / "requirements.lock"
BUILD_STAMP = VENV / "build.sha256"
WORKERS = str((os.cpu_count() or 1) + 1)
"""Tests of the window wait now and then: one more than there are processors uses the time."""
TESTS = ("-m", "pytest", "-n", WORKERS, "-p", "no:benchmark")
CHECKS = {
    "ruff format": ("-m", "ruff", "format", "--check"),
    "ruff check": ("-m", "ruff", "check"),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as check; check()"),
    "pytest": (*TESTS, "--dist", "loadfile"),
}
LAWS = (*TESTS, "--hypothesis-profile", "search", "-m", "hypothesis")
COLLECT = ("-m", "pytest", "--collect-only", "-q", "-p", "no:benchmark")
FAULTS = ("-m", "tests.faults")
BENCHMARKS = ("-m", "pytest", "-s", "-o", "python_files=bench_*.py", "-o", "testpaths=tests/benchmarks")
AUDIT = ("-m", "installer.audit")
SINGLE = {"laws": LAWS, "bench": BENCHMARKS, "faults": FAULTS, "audit": AUDIT}


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in ("", "--", "test", *SINGLE, "build", "package"):
        raise SystemExit(f"{USAGE}看不懂“{command}”：请用上面的写法之一。")
    if not (3, 11) <= sys.version_info < (3, 14):
        raise SystemExit(f"Python {sys.version.split()[0]} 不合用：请用 Python 3.11 至 3.13 运行 run.py。")
    checking = command in ("test", *SINGLE)
    building = command in ("build", "package")
    if checking or building or has_screen():
        provide_libraries(window=not checking, tools=building)
    provide_environment()
    if building:
        provide_builder()
        return run_check("-m", f"installer.{'bundle' if command == 'build' else command}", *rest)
    if command == "test":
        return run_checks(rest)
    if command in SINGLE:
        return run_check(*SINGLE[command], *rest)
    if command == "--":
        return run_program(*rest)
    if has_screen():
        return run_program("--demo")
    say("这里没有屏幕：改用命令行办完示例街道的一年，结果放在 sample-output/。")
    return run_program("sample-year", "-o", "sample-output")


def has_screen() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_checks(pytest_arguments: list[str]) -> int:
    with compiled_beside() as wait:
        for name, check in CHECKS.items():
            say(f"== {name}")
            if name == "pytest":
                wait()
            status = run_check(*check, *(pytest_arguments if name == "pytest" else ()))
            if status:
                raise SystemExit(f"没有通过：{name}（退出码 {status}）。排在它后面的检查没有做。")
    return 0


@contextmanager
def compiled_beside() -> Iterator[Callable[[], object]]:
    """Compile the tests' modules beside the other checks: else each process of the tests does it anew."""
    collecting = subprocess.Popen(
        [PYTHON, *COLLECT], cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield collecting.wait
    finally:
        collecting.kill()
        collecting.wait()


def provide_libraries(*, window: bool, tools: bool = False) -> None:
    """What the system lacks for Qt, and for building (`tools`)."""
    if sys.platform != "linux":
        return
    packages = missing_packages(window=window)
    if tools and shutil.which("objcopy") is None:
        packages.append("binutils")
    if not packages:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() == 0 and apt(["apt-get", "update"]) and apt(command):
        return
    raise SystemExit(f"缺少要用的系统库：请先运行下面这一行，再运行 run.py。\nsudo {' '.join(command)}")


def missing_packages(*, window: bool) -> list[str]:
    lines = (ROOT / "debian-libs.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return [package for library, package, when in rows if (window or when == "always") and not loads(library)]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def apt(command: list[str]) -> bool:
    try:
        return subprocess.call(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}) == 0
    except FileNotFoundError:
        return False


def provide_environment() -> None:
    stamp = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="ascii") == stamp:
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise SystemExit(
            "这个 Python 缺 venv：请先运行 sudo apt-get install -y python3-venv，再运行 run.py。"
        )
    if VENV.is_symlink():  # making it anew would clear what it points to
        raise SystemExit(f"{VENV} 是指向别处的链接，不能在那里重新装程序库：请删除这个链接，再运行 run.py。")
    say("正在装好程序库（只在第一次和更新后，约一两分钟）……")
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        advice = "请关闭开着的社评通，查看磁盘是否已满、文件夹可否写入，再运行 run.py。"
        raise SystemExit(f"无法建立 {VENV}：{error}。\n{advice}") from error
    install(LOCK)
    STAMP.write_text(stamp, encoding="ascii")


def provide_builder() -> None:
    """What only building needs comes on top; it goes with the environment when that is made anew."""
    stamp = hashlib.sha256(BUILD_LOCK.read_bytes()).hexdigest()
    if not BUILD_STAMP.exists() or BUILD_STAMP.read_text(encoding="ascii") != stamp:
        install(BUILD_LOCK)
        BUILD_STAMP.write_text(stamp, encoding="ascii")


def install(lock: Path) -> None:
    options = ("-q", "--require-hashes", "--only-binary=:all:", "-r", str(lock))
    if subprocess.call([PYTHON, "-m", "pip", "install", *options]):
        raise SystemExit(
            "程序库没有装好，原因见上面 pip 的提示：请查看网络、pip 的镜像和磁盘空间（要 1 GB）后再运行。"
        )


def run_check(*arguments: str) -> int:
    return subprocess.call([PYTHON, *arguments], cwd=ROOT, env=environment())


def environment() -> dict[str, str]:
    """No window, text in UTF-8, and compiled modules are kept, whatever the surroundings say."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


def run_program(*arguments: str) -> int:
    return subprocess.call([PYTHON, ROOT / "main.py", *arguments])


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
