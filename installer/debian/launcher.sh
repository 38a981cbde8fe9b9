#!/bin/sh
# Starts the program that lies beside this file. Where it does not start because the system lacks a library,
# says in Chinese which one: on the terminal, and in a box where the desktop has something to show one with.
here=$(dirname "$(readlink -f "$0")")
case $(basename "$0") in
    *-cli) program=shepingtong-cli ;;
    *) program=shepingtong ;;
esac

"$here/$program" "$@"
status=$?
# 0 to 4 are answers of the program itself; 1 may also be a library that Python did not find.
case $status in
    0 | 2 | 3 | 4) exit $status ;;
esac

needed="$here/_internal/PySide6/*.abi3.so $here/_internal/PySide6/Qt/plugins/platforms/libqxcb.so"
# shellcheck disable=SC2086 # the pattern is to be spread
told=$(LD_LIBRARY_PATH="$here/_internal" ldd "$here/$program" "$here"/_internal/libpython*.so* $needed 2>&1)
missing=$(echo "$told" | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u)
old=$(echo "$told" | grep -o "GLIBC[A-Z]*_[0-9.]*' not found" | sort -u | head -1)
[ -n "$missing$old" ] || exit $status

text="社评通没有启动。"
if [ -n "$old" ]; then
    text="$text
这台电脑的系统太旧（缺少 ${old%%\'*}）。请用为旧系统打包的安装包，或在较新的系统上使用。"
fi
if [ -n "$missing" ]; then
    text="$text
系统里缺少下面的库，请交给技术人员用系统的安装光盘或软件仓库装上，再启动："
    for library in $missing; do
        package=$(awk -v library="$library" '$1 == library { sub(/[|].*/, "", $2); print $2 }' "$here/libraries.txt")
        text="$text
    $library（软件包 ${package:-未知}）"
    done
fi
text="$text
数据没有受影响。"
echo "$text" >&2
if [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
    zenity --error --title=社评通 --text="$text" 2>/dev/null \
        || kdialog --title 社评通 --error "$text" 2>/dev/null \
        || xmessage -center "$text" 2>/dev/null
fi
exit $status
