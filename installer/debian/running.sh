# Refuses to go on while the program is open: its parts are loaded when they are needed, and would be gone.
for exe in /proc/[0-9]*/exe; do
    case $(readlink "$exe" 2>/dev/null) in
        /opt/shepingtong/*)
            echo "社评通正在运行：请先关闭它（所有登录的用户都要关闭），再安装或卸载。没有改动任何内容。" >&2
            exit 1
            ;;
    esac
done
