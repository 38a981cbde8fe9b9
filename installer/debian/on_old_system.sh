#!/usr/bin/env bash
# Builds the .deb on a system as old as those it is for: a bundle runs on no glibc older than the one it was
# built with. As root: installer/debian/on_old_system.sh FOLDER [SUITE]; FOLDER takes the old system (3 GB),
# SUITE is bullseye (glibc 2.31, as 银河麒麟 V10) where nothing else is said. The .deb comes into dist/.
# 统信 UOS 20 has glibc 2.28: run `python3 run.py build` and `package deb` on UOS itself, or on Debian 10.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
old=$1
suite=${2:-bullseye}
mirror=$(apt-get indextargets --format '$(SITE)' | head -1)

[ -d "$old/usr" ] || debootstrap --variant=minbase "$suite" "$old" "$mirror"
mountpoint -q "$old/proc" || mount -t proc proc "$old/proc"
trap 'umount -l "$old/proc"' EXIT

# The old system's own Python is too old: this system's source of Python 3.11 is compiled there.
if [ ! -x "$old/usr/local/bin/python3.11" ]; then
    mkdir -p "$old/root/source"
    echo "deb-src $mirror bookworm main" >"$old/etc/apt/sources.list.d/source.list"
    chroot "$old" apt-get update -q
    DEBIAN_FRONTEND=noninteractive chroot "$old" apt-get install -y -q --no-install-recommends \
        ca-certificates dpkg-dev gcc make libc6-dev libssl-dev zlib1g-dev libffi-dev libbz2-dev liblzma-dev \
        uuid-dev binutils
    chroot "$old" bash -c 'cd /root/source && apt-get source -q --download-only python3.11 && tar -xf python3.11_*.orig.tar.*'
    chroot "$old" bash -c 'cd /root/source/Python-3.11* && ./configure -q --enable-shared --with-ensurepip=install \
        LDFLAGS=-Wl,-rpath,/usr/local/lib && make -s -j2 && make -s install'
    rm -rf "$old/root/source" "$old/etc/apt/sources.list.d/source.list"
    chroot "$old" apt-get update -q
    # A screen, so that the bundle's real window is tried, too.
    DEBIAN_FRONTEND=noninteractive chroot "$old" apt-get install -y -q --no-install-recommends xvfb xauth
fi

# This machine's settings for pip and the certificates it trusts: it may have a mirror of its own.
cp /etc/pip.conf "$old/etc/" 2>/dev/null || true
cp /etc/ssl/certs/ca-certificates.crt "$old/etc/ssl/certs/"
rm -rf "$old/root/program"
mkdir -p "$old/root/program"
git -C "$here" archive HEAD | tar -x -C "$old/root/program"
chroot "$old" bash -c 'cd /root/program && python3.11 run.py build && python3.11 run.py package deb'
mkdir -p "$here/dist"
cp "$old"/root/program/dist/*.deb "$here/dist/"
