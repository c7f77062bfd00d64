#!/bin/bash
# A Debian tree in memory. Runs as process 1 of fresh mount and process namespaces (scripts/debian-tree.mjs starts it): when it
# ends, in whatever way, the kernel takes the tree, its mounts and all its processes away.
#   debian-tree.sh make RELEASE MIRROR USE...   puts a new tree with the packages of USE (scripts/test-packages.mjs) into TREE_FILE
#   debian-tree.sh enter PROGRAM [ARGUMENT...]  runs a program of the tree in TREE_FILE, in the checkout, without any network
#   debian-tree.sh beside PROGRAM [ARGUMENT...] runs a program of this machine in the checkout, with the unpacked tree in the folder TREE,
#     without any network
# Environment: TREE_FILE, TREE_PLACE (an empty folder to mount over), TREE_SOURCES (text of the tree's sources.list), TREE_NODE
#   (the Node to run in the tree, relative to the checkout). Working directory: the checkout. A copy of it is at /srv/breakwater in the tree.
# Exit code: the program's; 125 = TREE_FILE can't be unpacked.
set -euo pipefail

# As it is now: what is built or edited meanwhile does not change under the program. node_modules is too large for that.
bring_checkout() {
  local here=$tree/srv/breakwater
  mkdir -p "$here" "$tree"/srv/written/{upper,work}
  tar --create --exclude=./node_modules --exclude=./.git . | tar --extract --directory "$here"
  mkdir "$here/node_modules"
  mount -t overlay overlay -o "lowerdir=node_modules,upperdir=$tree/srv/written/upper,workdir=$tree/srv/written/work" "$here/node_modules"
}

make() {
  local release=$1 mirror=$2
  shift 2
  debootstrap --variant=minbase "$release" "$tree" "$mirror" > "$TREE_PLACE/log" || { tail -20 "$TREE_PLACE/log" >&2; exit 1; }
  printf '%s' "$TREE_SOURCES" > "$tree/etc/apt/sources.list"
  # The tree's apt fetches the way this machine's does: through the same proxy, with the same checks.
  apt-config dump Acquire > "$tree/etc/apt/apt.conf.d/00-as-on-the-machine"
  cp -L /etc/resolv.conf /etc/hosts "$tree/etc/"
  mount -t proc proc "$tree/proc"
  mount --rbind /dev "$tree/dev"
  bring_checkout
  chroot "$tree" env -C /srv/breakwater "./$TREE_NODE" scripts/test-packages.mjs "$@"
  chroot "$tree" apt-get clean
  rm -rf "$tree"/var/lib/apt/lists/*
  umount "$tree/srv/breakwater/node_modules"
  rm -rf "$tree"/srv/{breakwater,written}
  # Packed in memory and renamed when whole: what is killed half-way leaves nothing that could pass for a tree.
  tar --create --one-file-system --xattrs --xattrs-include='*' --numeric-owner --directory "$tree" . | gzip -1 > "$TREE_PLACE/packed"
  cp "$TREE_PLACE/packed" "$TREE_FILE.draft-$TREE_MAKER"
  mv --no-target-directory "$TREE_FILE.draft-$TREE_MAKER" "$TREE_FILE"
}

unpack() {
  gzip --decompress --stdout "$TREE_FILE" |
    tar --extract --xattrs --xattrs-include='*' --numeric-owner --directory "$tree" || exit 125
}

beside() {
  unpack
  mount -t proc proc /proc
  TREE=$tree exec unshare --net "$@"
}

enter() {
  unpack
  bring_checkout
  mount --rbind /dev "$tree/dev"
  mkdir "$tree/before"
  cd "$tree"
  pivot_root . before
  mount -t proc proc /proc
  umount --lazy /before
  rmdir /before
  mount -t tmpfs -o mode=1777 tmpfs /tmp
  mount -t tmpfs -o mode=755 tmpfs /run
  # bash stays process 1: it collects the processes that tests leave to it, which a program would never wait for.
  exec unshare --net /bin/bash -euc 'mount -t sysfs sysfs /sys; ip link set lo up; cd /srv/breakwater; code=0; "$@" || code=$?; exit $code' tree \
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}" ${CI:+CI="$CI"} "$@"
}

mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$TREE_PLACE"
tree=$TREE_PLACE/tree
mkdir "$tree"
# The tree is a mount point of its own: it becomes "/".
mount --bind "$tree" "$tree"
"$@"
