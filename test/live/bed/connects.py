#!/usr/bin/env python3
"""Real connects between the network namespaces of a test bed, by one process that enters them all.

JSON lines in, one JSON line out for each:
  {"connects": [{"space", "source", "destination", "port", "link"?}], "patience": seconds} -> ["open" | "refused" | "dropped" | ...]
  {"datagrams": [{same}], "patience": seconds}   -> ["arrived" | "refused" | "stopped" | ...] (needs a datagram listener)
  {"listen": [{"space", "protocol": "tcp" | "udp", "port"}]} -> "listening"
  {"hammer": [{same as connects}]}               -> "hammering", once all were tried: connects without pause in a second thread
  {"rest": true}                                 -> {"open": n, "refused": n, ...}: ends the hammering and says what it met
"""
import ctypes
import errno
import json
import os
import select
import socket
import struct
import sys
import threading
import time

libc = ctypes.CDLL(None, use_errno=True)
CLONE_NEWNET = 0x40000000
WORDS = {
    0: 'open',
    errno.ECONNREFUSED: 'refused',
    errno.ECONNRESET: 'reset',
    errno.EHOSTUNREACH: 'unreachable',
    errno.ENETUNREACH: 'unreachable',
    errno.ENOPROTOOPT: 'unreachable',
    errno.EACCES: 'prohibited',
    errno.EPERM: 'prohibited',
}


def enter(space):
    """Moves this thread into a network namespace."""
    fd = os.open(f'/run/netns/{space}', os.O_RDONLY)
    try:
        if libc.setns(fd, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f'setns {space}')
    finally:
        os.close(fd)


def endpoint(address, port, link):
    if ':' not in address:
        return (address, port)
    return (address, port, 0, socket.if_nametoindex(link) if link else 0)


def made(probe, kind):
    """A non-blocking socket in the probe's namespace, bound to its source."""
    enter(probe['space'])
    family = socket.AF_INET6 if ':' in probe['destination'] else socket.AF_INET
    s = socket.socket(family, kind | socket.SOCK_NONBLOCK)
    s.bind(endpoint(probe['source'], 0, probe.get('link')))
    return s


def connects(probes, patience):
    results = [None] * len(probes)
    waiting = {}
    poll = select.epoll()
    for i, probe in enumerate(probes):
        s = made(probe, socket.SOCK_STREAM)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        code = s.connect_ex(endpoint(probe['destination'], probe['port'], probe.get('link')))
        if code == errno.EINPROGRESS:
            waiting[s.fileno()] = (i, s)
            poll.register(s.fileno(), select.EPOLLOUT)
        else:
            results[i] = WORDS.get(code, errno.errorcode.get(code, str(code)))
            s.close()
    end = time.monotonic() + patience
    while waiting and time.monotonic() < end:
        for fd, _ in poll.poll(max(0, end - time.monotonic())):
            i, s = waiting.pop(fd)
            poll.unregister(fd)
            code = s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            results[i] = WORDS.get(code, errno.errorcode.get(code, str(code)))
            s.close()
    for i, s in waiting.values():
        results[i] = 'dropped'
        s.close()
    poll.close()
    return results


UDP_LISTENERS = {}


def listen(wanted):
    for w in wanted:
        enter(w['space'])
        tcp = w['protocol'] == 'tcp'
        for family, any_address in ((socket.AF_INET, '0.0.0.0'), (socket.AF_INET6, '::')):
            s = socket.socket(family, (socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM) | socket.SOCK_NONBLOCK)
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            s.bind((any_address, w['port']))
            if tcp:
                s.listen(512)
            UDP_LISTENERS[(w['space'], w['protocol'], w['port'], family)] = s
    return 'listening'


def datagrams(probes, patience):
    sent = []
    for i, probe in enumerate(probes):
        s = made(probe, socket.SOCK_DGRAM)
        s.connect(endpoint(probe['destination'], probe['port'], probe.get('link')))
        word = os.urandom(8).hex().encode()
        s.send(word)
        sent.append((s, word))
    arrived = set()
    listeners = [s for (_, protocol, _, _), s in UDP_LISTENERS.items() if protocol == 'udp']
    end = time.monotonic() + patience
    while len(arrived) < len(sent):
        ready, _, _ = select.select(listeners, [], [], max(0, end - time.monotonic()))
        if not ready:
            break
        for s in ready:
            arrived.add(s.recv(64))
    results = []
    for s, word in sent:
        code = s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        results.append('arrived' if word in arrived else WORDS.get(code, str(code)) if code else 'stopped')
        s.close()
    return results


class Hammer(threading.Thread):
    """Connects again and again until told to rest. A namespace belongs to a thread, so this disturbs nobody."""

    def __init__(self, probes):
        super().__init__(daemon=True)
        self.probes, self.met, self.over, self.fault = probes, {}, False, None
        self.under_way = threading.Event()

    def run(self):
        try:
            is_last = False
            while not is_last:
                # The last round begins after the end was asked for, so that it meets what is there then.
                is_last = self.over
                for result in connects(self.probes, 0.5):
                    self.met[result] = self.met.get(result, 0) + 1
                self.under_way.set()
        except Exception as problem:  # told by rest(): a hammer that fell over proves nothing
            self.fault = repr(problem)
            self.under_way.set()

    def rest(self):
        self.over = True
        self.join()
        if self.fault:
            raise RuntimeError(self.fault)
        return self.met


def serve():
    hammer = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if 'connects' in request:
                answer = connects(request['connects'], request['patience'])
            elif 'datagrams' in request:
                answer = datagrams(request['datagrams'], request['patience'])
            elif 'listen' in request:
                answer = listen(request['listen'])
            elif 'hammer' in request:
                hammer = Hammer(request['hammer'])
                hammer.start()
                hammer.under_way.wait()
                answer = 'hammering'
            else:
                answer = hammer.rest()
            print(json.dumps({'answer': answer}), flush=True)
        except Exception as problem:
            print(json.dumps({'problem': repr(problem)}), flush=True)


if __name__ == '__main__':
    serve()
