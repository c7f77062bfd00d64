#!/usr/bin/python3
"""Runs a program as an ordinary user with a person beside it who answers the password question of polkit.

agent.py UID HOME ANSWER PROGRAM ARGUMENT...
ANSWER: password:TEXT = types TEXT at each question; cancel = ends the question; silent = never answers; interrupt = presses
Ctrl-C in the program (SIGINT to it alone) when the question comes.
The agent is registered for exactly the program's process, before that begins: pkttyagent on a terminal of its own, or, as
that cannot cancel, one of ours that answers as a desktop's dialog does when "Cancel" is pressed.
"""
import os
import pty
import select
import signal
import sys
import termios
import time


def become(uid, home):
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.environ.update(HOME=home, LC_ALL='C.UTF-8')


def cancelling_agent(pid, tell):
    """Registers on the system bus ([polkit reference] AuthenticationAgent) and answers every question with "cancelled"."""
    from gi.repository import Gio, GLib  # comes with firewalld

    bus = Gio.bus_get_sync(Gio.BusType.SYSTEM)
    interface = Gio.DBusNodeInfo.new_for_xml(
        '<node><interface name="org.freedesktop.PolicyKit1.AuthenticationAgent"><method name="BeginAuthentication">'
        + ''.join(f'<arg type="{t}" direction="in"/>' for t in ('s', 's', 's', 'a{ss}', 's', 'a(sa{sv})'))
        + '</method><method name="CancelAuthentication"><arg type="s" direction="in"/></method></interface></node>'
    ).interfaces[0]

    def called(_bus, _sender, _path, _interface, method, _arguments, invocation):
        if method == 'BeginAuthentication':
            invocation.return_dbus_error('org.freedesktop.PolicyKit1.Error.Cancelled', 'The person pressed "Cancel"')
        else:
            invocation.return_value(None)

    bus.register_object('/agent', interface, called, None, None)
    with open(f'/proc/{pid}/stat') as stat:
        start = int(stat.read().rsplit(')', 1)[1].split()[19])
    subject = ('unix-process', {'pid': GLib.Variant('u', pid), 'start-time': GLib.Variant('t', start)})
    bus.call_sync(
        'org.freedesktop.PolicyKit1', '/org/freedesktop/PolicyKit1/Authority', 'org.freedesktop.PolicyKit1.Authority',
        'RegisterAuthenticationAgent', GLib.Variant('((sa{sv})ss)', (subject, 'C', '/agent')), None, 0, -1, None,
    )
    os.close(tell)
    GLib.MainLoop().run()


def start_agent(uid, home, pid, answer):
    """An agent on a new terminal: (its pid, the terminal's other end). Returns when it is registered."""
    told, tell = os.pipe()
    os.set_inheritable(tell, True)
    agent, terminal = pty.fork()
    if agent == 0:
        os.close(told)
        become(uid, home)
        if answer == 'cancel':
            cancelling_agent(pid, tell)
        os.execv('/usr/bin/pkttyagent', ['pkttyagent', '--notify-fd', str(tell), '--process', str(pid)])
    os.close(tell)
    if not select.select([told], [], [], 10)[0]:
        raise SystemExit('The agent did not register within 10 s')
    os.close(told)
    time.sleep(0.2)  # registered means sent; polkitd still has to take it in, or the agent to end
    if os.waitpid(agent, os.WNOHANG)[0]:
        raise SystemExit(f'The agent did not register: {os.read(terminal, 4096).decode()}')
    return agent, terminal


def main():
    uid, home, answer, program = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
    gate, open_gate = os.pipe()
    ready, tell_ready = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(open_gate)
        become(uid, home)  # before the agent registers: polkit refuses an agent for a process of another user
        os.write(tell_ready, b'x')
        os.read(gate, 1)
        os.execvp(program[0], program)
    os.read(ready, 1)
    os.close(gate)
    agent, terminal = start_agent(uid, home, child, answer)
    os.write(open_gate, b'x')

    heard = b''
    status = None
    while status is None:
        done, ended = os.waitpid(child, os.WNOHANG)
        if done:
            status = ended
        elif select.select([terminal], [], [], 0.02)[0]:
            try:
                heard += os.read(terminal, 4096)
            except OSError:
                if answer == 'interrupt':
                    time.sleep(0.02)
                    continue
                raise SystemExit(f'The agent ended: {heard.decode()}') from None
            if heard.rstrip().endswith(b'Password:') and answer != 'silent':
                heard = b''
                if answer == 'interrupt':
                    os.kill(child, signal.SIGINT)
                    continue
                while termios.tcgetattr(terminal)[3] & termios.ECHO:
                    time.sleep(0.01)  # what is typed before the agent hides it is thrown away
                os.write(terminal, answer.removeprefix('password:').encode() + b'\n')
    os.kill(agent, signal.SIGKILL)
    os.waitpid(agent, 0)
    sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)


main()
