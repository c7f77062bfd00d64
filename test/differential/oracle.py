#!/usr/bin/env python3
"""The kernel as an oracle: loads a ruleset into its own network namespace, sends packets in through TUN devices, tells what came back.

Start as root under `unshare --net --mount`. JSON lines in and out, one answer a question, in order; ends when its input ends.
Question: {"nft": text}, or {"save4": text} and any of "save6", "ipset", "legacy4", "legacy6", "nft" (loaded last), and
          "probes": [[interface, source, destination, "tcp" | "udp", port], ...]
Answer:   {"error": text} when the rules were refused, else {"results": ["open" | "reset" | "icmp" | "drop", ...], "passedOn": how many of the
          open ones a container answered, "json": ..., "text": ...,
          "save4", "save6", "ipset": text or null, "legacy4", "legacy6": [{"save", "listing": text}], one a table}
A SYN is written into the device; the kernel answers within the write, so nothing needs to be waited for.
Behind the PC, on a bridge and on a link of its own, are containers (one namespace) to which rules may lead a connection: what comes through
is what they answer, heard where they send it, since whether the answer finds its way back is no question of who is let in.
"""
import ctypes
import errno
import fcntl
import json
import os
import re
import select
import socket
import struct
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

INTERFACES = {
    'eth0': ['10.77.1.10/24', '10.77.1.11/24', 'fd77:1::10/64', 'fd77:1::11/64', 'fe80::ff:fe77:110/64'],
    'wlan0': ['10.77.2.10/24', 'fd77:2::10/64'],
}
# Link of the PC -> the PC's addresses there, and the container's; docker0 is a bridge.
CONTAINERS = {
    'docker0': (['172.17.0.1/16', 'fd17::1/64'], ['172.17.0.2/16', 'fd17::2/64']),
    've-smb': (['10.0.0.1/28', 'fd10::1/64'], ['10.0.0.2/28', 'fd10::2/64']),
}
TCP_PORTS = (445, 139, 8445)
UDP_PORTS = (137, 138, 445, 139, 8445)
# Connections of earlier rulesets are forgotten before a source port comes back.
FORGET_AFTER = 40000
SOURCE_PORTS = 60000
BATCH = 64
LINGER = 0.002  # seconds
ROUNDS = 5


def run(argv, text=None):
    done = subprocess.run(argv, input=text, capture_output=True, text=True, timeout=15)
    if done.returncode != 0:
        raise RuntimeError(' '.join(argv) + ': ' + done.stderr.strip())
    return done.stdout


def set_up():
    run(['mount', '-t', 'tmpfs', 'tmpfs', '/run'])
    devices = {name: open_tun(name) for name in INTERFACES}
    settings = {
        'ipv4.conf.all.rp_filter': 0, 'ipv4.conf.default.rp_filter': 0, 'ipv4.tcp_syncookies': 2, 'ipv4.icmp_ratelimit': 0,
        'ipv6.icmp.ratelimit': 0, 'ipv4.icmp_msgs_per_sec': 1000000, 'ipv4.icmp_msgs_burst': 1000000,
    }
    for name in INTERFACES:
        settings |= {f'ipv6.conf.{name}.accept_dad': 0, f'ipv6.conf.{name}.router_solicitations': 0, f'ipv4.conf.{name}.rp_filter': 0}
    set_all(settings)
    run(['ip', 'link', 'set', 'lo', 'up'])
    for name, addresses in INTERFACES.items():
        run(['ip', 'link', 'set', name, 'addrgenmode', 'none'])
        run(['ip', 'link', 'set', name, 'up'])
        for address in addresses:
            run(['ip', 'addr', 'add', address, 'dev', name] + (['nodad'] if ':' in address else []))
    run(['ip', 'route', 'add', 'default', 'dev', 'eth0'])
    run(['ip', '-6', 'route', 'add', 'default', 'dev', 'eth0'])
    set_up_containers()
    return devices


def set_all(settings):
    for key, value in settings.items():
        with open('/proc/sys/net/' + key.replace('.', '/'), 'w') as file:
            file.write(str(value))


def set_up_containers():
    set_all({'ipv4.ip_forward': 1, 'ipv6.conf.all.forwarding': 1, 'ipv4.conf.all.send_redirects': 0})
    run(['ip', 'netns', 'add', 'box'])
    with inside('box'):
        set_all({'ipv4.conf.all.rp_filter': 0, 'ipv4.conf.default.rp_filter': 0, 'ipv4.tcp_syncookies': 2})
    run(['ip', 'link', 'add', 'docker0', 'type', 'bridge'])
    run(['ip', 'link', 'add', 'vc1', 'type', 'veth', 'peer', 'name', 'docker0', 'netns', 'box'])
    run(['ip', 'link', 'add', 've-smb', 'type', 'veth', 'peer', 'name', 've-smb', 'netns', 'box'])
    links(None, 'vc1', [])
    run(['ip', 'link', 'set', 'vc1', 'master', 'docker0'])
    for name, (outside, within) in CONTAINERS.items():
        links(None, name, outside)
        links('box', name, within)
    macs = {(space, name): mac_of(space, name) for space in (None, 'box') for name in CONTAINERS}
    # Nobody has to be asked for: ARP and NDP decide nothing.
    for name, sides in CONTAINERS.items():
        for space, addresses in ((None, sides[1]), ('box', sides[0])):
            for address in addresses:
                run([*ip_in(space), 'neighbour', 'replace', address.split('/')[0], 'lladdr', macs['box' if space is None else None, name],
                     'dev', name, 'nud', 'permanent'])
    # Answers go back by the bridge; which link they take decides nothing, since they are heard here.
    run(['ip', '-n', 'box', 'route', 'add', 'default', 'via', '172.17.0.1'])
    run(['ip', '-n', 'box', '-6', 'route', 'add', 'default', 'via', 'fd17::1'])


def ip_in(space):
    return ['ip'] if space is None else ['ip', '-n', space]


def links(space, name, addresses):
    ip = ip_in(space)
    run([*ip, 'link', 'set', name, 'addrgenmode', 'none'])
    run([*ip, 'link', 'set', name, 'up'])
    for address in addresses:
        run([*ip, 'addr', 'add', address, 'dev', name] + (['nodad'] if ':' in address else []))


def mac_of(space, name):
    return json.loads(run([*ip_in(space), '-j', 'link', 'show', name]))[0]['address']


class inside:
    """This process in another network namespace for a while (setns(2)); sockets made there stay there."""

    LIBRARY = ctypes.CDLL(None, use_errno=True)

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.own = os.open('/proc/self/ns/net', os.O_RDONLY)
        self.go(os.open('/run/netns/' + self.name, os.O_RDONLY))

    def __exit__(self, *_):
        self.go(self.own)

    def go(self, space):
        if self.LIBRARY.setns(space, 0x40000000) != 0:  # CLONE_NEWNET
            raise OSError(ctypes.get_errno(), 'setns')
        os.close(space)


def hear_containers():
    """Sees each packet that a container sends, with its link's header left out."""
    ears = []
    for name in CONTAINERS:
        ear = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))  # ETH_P_ALL
        ear.setblocking(False)
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        ear.bind((name, 3))
        ears.append(ear)
    return ears


def open_tun(name):
    device = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, 0x400454CA, struct.pack('16sH22x', name.encode(), 0x1001))  # TUNSETIFF, IFF_TUN | IFF_NO_PI
    return device


def listen():
    listeners = []
    for port in TCP_PORTS:
        listener = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
        listener.bind(('::', port))
        listener.listen(4096)
        listeners.append(listener)
    return listeners


def await_datagrams():
    receivers = []
    for port in UDP_PORTS:
        receiver = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        receiver.setblocking(False)
        receiver.bind(('::', port))
        receivers.append(receiver)
    return receivers


class Nft:
    """One libnftables handle, in place of a program start for each ruleset."""

    JSON = 16  # NFT_CTX_OUTPUT_JSON
    NETLINK = 8  # NFT_DEBUG_NETLINK

    def __init__(self):
        self.library = ctypes.CDLL('libnftables.so.1')
        self.library.nft_ctx_new.restype = ctypes.c_void_p
        self.library.nft_ctx_get_error_buffer.restype = ctypes.c_char_p
        self.library.nft_ctx_get_output_buffer.restype = ctypes.c_char_p
        self.context = ctypes.c_void_p(self.library.nft_ctx_new(0))
        self.library.nft_ctx_buffer_output(self.context)
        self.library.nft_ctx_buffer_error(self.context)

    def run(self, text):
        """(0 or an error's code, what was printed, what was complained about)"""
        code = self.library.nft_run_cmd_from_buffer(self.context, text.encode())
        printed = (self.library.nft_ctx_get_output_buffer(self.context) or b'').decode()
        return code, printed, (self.library.nft_ctx_get_error_buffer(self.context) or b'').decode()

    def load(self, text):
        self.add('flush ruleset\n' + text)

    def add(self, text):
        code, _, complaint = self.run(text)
        if code != 0:
            raise RuntimeError(complaint.strip() or 'refused')

    def show_with_bytecode(self):
        """As nft --debug=netlink list ruleset."""
        self.library.nft_ctx_output_set_debug(self.context, self.NETLINK)
        try:
            return self.show(0)
        finally:
            self.library.nft_ctx_output_set_debug(self.context, 0)

    def show(self, flags):
        self.library.nft_ctx_output_set_flags(self.context, flags)
        code, printed, complaint = self.run('list ruleset')
        self.library.nft_ctx_output_set_flags(self.context, 0)
        if code != 0:
            raise RuntimeError(complaint.strip() or 'can not be listed')
        return printed


class Packets:
    """IPv4 and IPv6 packets with a SYN or a datagram; what does not change from probe to probe is kept."""

    def __init__(self):
        self.kept = {}

    def make(self, source, destination, protocol, source_port, port):
        key = (source, destination, protocol, port)
        kept = self.kept.get(key)
        if kept is None:
            if len(self.kept) > 50000:
                self.kept.clear()
            kept = self.kept[key] = self.parts(source, destination, protocol, port)
        header, rest, total = kept
        total += source_port
        total = (total & 0xFFFF) + (total >> 16)
        total = (total & 0xFFFF) + (total >> 16)
        check = struct.pack('!H', ~total & 0xFFFF)
        at = 14 if protocol == 'tcp' else 4
        return header + struct.pack('!H', source_port) + rest[:at] + check + rest[at + 2:]

    @staticmethod
    def parts(source, destination, protocol, port):
        """(IP header, transport header without its source port, sum over all that is checked)"""
        family = socket.AF_INET6 if ':' in source else socket.AF_INET
        addresses = socket.inet_pton(family, source) + socket.inet_pton(family, destination)
        number = 6 if protocol == 'tcp' else 17
        if protocol == 'tcp':
            rest = struct.pack('!HIIBBHHH', port, 1, 0, 5 << 4, 2, 64240, 0, 0)
        else:
            rest = struct.pack('!HHH', port, 12, 0) + b'ping'
        length = len(rest) + 2
        total = word_sum(addresses + struct.pack('!II', length, number) + b'\0\0' + rest)
        if family == socket.AF_INET:
            start = struct.pack('!BBHHHBBH', 0x45, 0, 20 + length, 1, 0, 64, number, 0)
            check = ~word_sum(start + addresses) & 0xFFFF
            return start[:10] + struct.pack('!H', check) + addresses, rest, total
        return struct.pack('!IHBB', 6 << 28, length, number, 64) + addresses, rest, total


def word_sum(data):
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


class Prober:
    def __init__(self, devices):
        self.devices = devices
        self.packets = Packets()
        self.listeners = listen()
        self.receivers = await_datagrams()
        with inside('box'):
            self.listeners += listen()
            self.receivers += await_datagrams()
            self.ears = hear_containers()
        self.conntrack = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)  # NETLINK_NETFILTER
        self.sent = 0
        self.passed_on = 0  # connections that a container answered
        self.forget_connections()

    def probe(self, probes):
        results = []
        for start in range(0, len(probes), BATCH):
            results += self.probe_batch(probes[start:start + BATCH])
        return results

    def probe_batch(self, probes):
        if self.sent + len(probes) > FORGET_AFTER:
            self.forget_connections()
            self.sent = 0
        waiting = {}
        results = ['drop'] * len(probes)
        for index, (interface, source, destination, protocol, port) in enumerate(probes):
            self.sent += 1
            source_port = 1024 + self.sent % SOURCE_PORTS
            waiting[source_port] = index
            os.write(self.devices[interface], self.packets.make(source, destination, protocol, source_port, port))
        self.hear(waiting, results)
        # A busy machine now and then answers a moment later: silence is only believed when it lasts.
        for _ in range(ROUNDS):
            if 'drop' not in results or not select.select([*self.devices.values(), *self.receivers, *self.ears], [], [], LINGER)[0]:
                break
            self.hear(waiting, results)
        return results

    def hear(self, waiting, results):
        # Before the devices: there the same answer may come out.
        for ear in self.ears:
            for packet in sent_by(ear):
                source_port, result = told_by(packet)
                if result == 'open' and source_port in waiting:
                    self.passed_on += results[waiting[source_port]] != 'open'
                    results[waiting[source_port]] = 'open'
        for device in self.devices.values():
            for packet in packets_from(device):
                source_port, result = told_by(packet)
                if source_port in waiting and results[waiting[source_port]] == 'drop':
                    results[waiting[source_port]] = result
        for receiver in self.receivers:
            for source_port in senders(receiver):
                if source_port in waiting:
                    results[waiting[source_port]] = 'open'

    def wait_until_untracked(self):
        """The kernel stops tracking a moment after the last rule that wanted it is gone; on a busy machine, a long moment."""
        for _ in range(500):
            self.forget_connections()
            self.probe_batch([['eth0', '10.77.1.20', '10.77.1.10', 'tcp', 445], ['eth0', 'fd77:1::20', 'fd77:1::10', 'tcp', 445]])
            with open('/proc/sys/net/netfilter/nf_conntrack_count') as file:
                if file.read().strip() == '0':
                    return
            time.sleep(0.01)
        raise RuntimeError('connections are tracked though no rule wants it')

    def forget_connections(self):
        """ctnetlink: IPCTNL_MSG_CT_DELETE without a tuple empties the table of this namespace."""
        self.conntrack.send(struct.pack('=IHHIIBBH', 20, 0x0102, 5, 1, 0, 0, 0, 0))  # NLM_F_REQUEST | NLM_F_ACK
        code = struct.unpack('=i', self.conntrack.recv(4096)[16:20])[0]
        if code != 0:
            raise RuntimeError('connections can not be forgotten: ' + os.strerror(-code))


def packets_from(device):
    while True:
        try:
            yield os.read(device, 2048)
        except BlockingIOError:
            return


def sent_by(ear):
    while True:
        try:
            packet, (_, protocol, direction, *_) = ear.recvfrom(2048)
        except BlockingIOError:
            return
        if direction == socket.PACKET_OUTGOING and protocol in (0x0800, 0x86DD):
            yield packet


def senders(receiver):
    while True:
        try:
            yield receiver.recvfrom(64)[1][1]
        except BlockingIOError:
            return
        except OSError as problem:
            if problem.errno not in (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH):
                raise


def told_by(packet):
    """(the port that was probed from, what this answer says); (0, '') for anything else."""
    six = packet[0] >> 4 == 6
    start = 40 if six else (packet[0] & 15) * 4
    protocol = packet[6] if six else packet[9]
    if protocol == 6 and len(packet) >= start + 14:
        return struct.unpack_from('!H', packet, start + 2)[0], 'open' if packet[start + 13] & 0x12 == 0x12 else 'reset'
    if protocol == (58 if six else 1) and packet[start] in ((1, 2, 3, 4) if six else (3, 11)):
        inner = start + 8
        ports = inner + (40 if six else (packet[inner] & 15) * 4)
        if len(packet) >= ports + 2:
            return struct.unpack_from('!H', packet, ports)[0], 'icmp'
    return 0, ''


class Oracle:
    def __init__(self):
        self.prober = Prober(set_up())
        self.nft = Nft()
        self.legacy = False

    def answer(self, question):
        answer = {}
        try:
            if 'save4' in question:
                answer |= self.load_iptables(question)
                self.nft.add(question.get('nft', ''))
            else:
                if depends_on_tracking(question['nft']):
                    self.nft.load('')
                    self.prober.wait_until_untracked()
                self.nft.load(question['nft'])
            answer['text'] = self.nft.show_with_bytecode()
            # libnftables 1.0.6 frees the flags of a table twice when it writes JSON: that must not happen in this process.
            flagged = '\n\tflags ' in answer['text']
            answer['json'] = run(['nft', '-j', 'list', 'ruleset']) if flagged else self.nft.show(Nft.JSON)
        except RuntimeError as problem:
            return {'error': str(problem)}
        self.prober.passed_on = 0
        answer['results'] = self.prober.probe(question['probes'])
        answer['passedOn'] = self.prober.passed_on
        return answer

    def load_iptables(self, question):
        self.nft.load('')
        if self.legacy:
            for program in ('iptables-legacy-restore', 'ip6tables-legacy-restore'):
                run([program, '-w'], EMPTY_LEGACY)
        destroy_ipsets()
        self.legacy = self.legacy or 'legacy4' in question or 'legacy6' in question
        loads = (('ipset', ['ipset', 'restore']), ('save4', ['iptables-nft-restore']), ('save6', ['ip6tables-nft-restore']),
                 ('legacy4', ['iptables-legacy-restore', '-w']), ('legacy6', ['ip6tables-legacy-restore', '-w']))
        for key, argv in loads:
            if question.get(key):
                run(argv, question[key])
        lists = {'ipset': ['ipset', 'save'], 'save4': ['iptables-nft-save'], 'save6': ['ip6tables-nft-save']}
        if self.legacy:
            for key, family in (('legacy4', 'ip'), ('legacy6', 'ip6')):
                for table in names(f'/proc/net/{family}_tables_names'):
                    lists[key, table, 'save'] = [f'{family}tables-legacy-save', '-t', table]
                    lists[key, table, 'listing'] = [f'{family}tables-legacy', '-w', '5', '-t', table, '-v', '-n', '-L']
        with ThreadPoolExecutor() as at_once:
            printed = dict(zip(lists, at_once.map(run, lists.values())))
        answer = {key: text for key, text in printed.items() if isinstance(key, str)}
        for key in ('legacy4', 'legacy6') if self.legacy else ():
            answer[key] = [{'save': text, 'listing': printed[key, of[1], 'listing']}
                           for of, text in printed.items() if of[0] == key and of[2] == 'save']
        return answer


def names(path):
    with open(path) as file:
        return file.read().split()


def empty_table(name, chains):
    return f'*{name}\n' + ''.join(f':{chain} ACCEPT [0:0]\n' for chain in chains) + 'COMMIT\n'


EMPTY_LEGACY = (
    empty_table('filter', ('INPUT', 'FORWARD', 'OUTPUT'))
    + empty_table('nat', ('PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'))
    + empty_table('mangle', ('PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'))
    + empty_table('raw', ('PREROUTING', 'OUTPUT'))
)


def depends_on_tracking(text):
    """A nat chain works only while something tracks connections; of the ruleset before, the kernel stops that a moment after the flush."""
    tables = re.split(r'^table ', text, flags=re.MULTILINE)[1:]
    tracking = {table.split()[0] for table in tables if re.search(r'\b(ct|redirect|masquerade)\b', table)}
    natting = {table.split()[0] for table in tables if 'type nat' in table}
    return bool(natting) and 'inet' not in tracking and not natting <= tracking


def destroy_ipsets():
    """The kernel lets go of a flushed rule, and so of its ipset, a moment after the flush; lists hold their members until emptied."""
    run(['ipset', 'flush'])
    for _ in range(200):
        try:
            return run(['ipset', 'destroy'])
        except RuntimeError:
            time.sleep(0.01)
    return run(['ipset', 'destroy'])


def serve():
    oracle = Oracle()
    for line in sys.stdin:
        print(json.dumps(oracle.answer(json.loads(line))), flush=True)


if __name__ == '__main__':
    serve()
