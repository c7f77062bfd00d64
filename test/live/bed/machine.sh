#!/bin/bash
# One start of a machine inside a bed: Debian's own systemd as process 1 of fresh namespaces, on the PC's root filesystem with a
# layer of its own over it. Ends when the machine does; /run/machine keeps what outlives a restart.
#   mach0: the bed's end of the wire (10.88.0.1, fd88::1)   eth0: the machine's (10.88.0.2, fd88::2), up once its network starts
set -euo pipefail
here=/run/machine

if [ "${1:-}" != inside ]; then
  if [ ! -d $here ]; then
    mkdir -p $here/{upper,work,units,dpkg,cgroup}
    mount -t cgroup2 cgroup2 $here/cgroup
    mkdir -p $here/dpkg/{info,updates,triggers}
    touch $here/dpkg/status
    # What would reach out of its namespaces, or wait for hardware that is not there.
    for unit in systemd-sysctl.service systemd-modules-load.service systemd-udevd.service systemd-udev-trigger.service \
      systemd-remount-fs.service systemd-tmpfiles-setup-dev.service systemd-tmpfiles-clean.timer systemd-logind.service \
      systemd-timesyncd.service sys-kernel-debug.mount sys-kernel-tracing.mount sys-kernel-config.mount \
      sys-fs-fuse-connections.mount dev-hugepages.mount dev-mqueue.mount getty.target dbus.service dbus.socket \
      systemd-firstboot.service systemd-random-seed.service proc-sys-fs-binfmt_misc.automount e2scrub_reap.service; do
      ln -s /dev/null $here/units/$unit
    done
    cat > $here/units/machine-network.service <<UNIT
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
    # Somebody waits at the door from the first moment on.
    cat > $here/units/machine-door.service <<UNIT
[Unit]
DefaultDependencies=no
Before=machine-network.service
[Service]
ExecStart=/usr/bin/python3 -u -c 'import socket; s = socket.create_server(("::", 445), family=socket.AF_INET6, dualstack_ipv6=True, backlog=4096)\nwhile True: s.accept()[0].close()'
UNIT
    # A bridge, so that the neighbour has its address while the machine is off.
    ip link add mach0 type bridge
    ip address add 10.88.0.1/24 dev mach0
    ip address add fd88::1/64 dev mach0 nodad
    ip link set mach0 up
    mkdir $here/units/sysinit.target.wants
    ln -s ../machine-network.service ../machine-door.service $here/units/sysinit.target.wants/
  fi
  cat /proc/sys/kernel/random/uuid > $here/boot_id
  ip netns add machine
  ip link add plug0 type veth peer name eth0 netns machine
  ip link set plug0 master mach0 up
  group=$here/cgroup/breakwater-machine-$$-$RANDOM
  mkdir "$group"
  (
    echo $BASHPID > "$group/cgroup.procs"
    exec nsenter --net=/run/netns/machine \
      unshare --mount --pid --uts --ipc --cgroup --fork --kill-child /bin/bash "$0" inside
  ) &
  machine=$!
  until first=$(cat /proc/$machine/task/$machine/children) && [ -n "$first" ]; do sleep 0.01; done
  echo $first > $here/pid
  wait $machine || true
  rm $here/pid
  ip link delete plug0
  ip netns delete machine
  find "$group" -depth -type d -exec rmdir {} +
  exit
fi

mount --make-rprivate /
root=$here/root
mkdir -p $root
mount -t overlay overlay -o lowerdir=/,upperdir=$here/upper,workdir=$here/work $root
mount -t proc proc $root/proc
mount --bind $here/boot_id $root/proc/sys/kernel/random/boot_id
mount --rbind $root/proc/sys $root/proc/sys
mount -o remount,bind,ro $root/proc/sys
mount -t sysfs -o ro sysfs $root/sys
mount -t cgroup2 cgroup2 $root/sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs $root/dev
for device in null zero full random urandom tty; do
  touch $root/dev/$device
  mount --bind /dev/$device $root/dev/$device
done
mkdir $root/dev/pts $root/dev/shm
mount -t devpts devpts $root/dev/pts
mount -t tmpfs tmpfs $root/dev/shm
ln -s /proc/self/fd $root/dev/fd
mount -t tmpfs -o mode=755 tmpfs $root/run
mount -t tmpfs -o mode=1777 tmpfs $root/tmp
mount --rbind /opt $root/opt
mount --bind $here/units $root/etc/systemd/system
mount --bind $here/dpkg $root/var/lib/dpkg
mkdir -p $root/before
cd $root
pivot_root . before
umount -l /before
hostname machine
exec env -i container=breakwater-machine PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --unit=multi-user.target --show-status=no --log-target=console --log-level=notice < /dev/null
