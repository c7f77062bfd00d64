// A real dbus-daemon and polkitd in a bed, and the person who is asked when the ordinary user wants more rights.
import { ordinaryUser } from './ordinary-user';

/**
 * yes, no = polkit's rules grant or deny without asking; no-agent = someone would have to be asked, and nobody is there;
 * password = a person at an agent who types this; cancels = one who presses "Cancel"; silent = one who never answers;
 * interrupts = one who presses Ctrl-C in the program instead of answering.
 */
export interface Person {
  readonly answer: 'yes' | 'no' | 'no-agent' | 'cancels' | 'silent' | 'interrupts' | { readonly password: string };
}

/** Starts polkit on the PC with rules for this person, or again with others. `must` runs a program as root there. */
export async function seatPerson(
  person: Person,
  must: (argv: readonly string[], input?: string) => Promise<string>,
): Promise<void> {
  await must(['bash', '-c', restart, 'polkit', agentWord(person) === null ? 'no agent' : 'agent'], rules(person));
}

/** The command line that runs a program as the ordinary user with this person beside them. */
export function beside(person: Person | null, argv: readonly string[]): readonly string[] {
  const { uid, home } = ordinaryUser;
  const word = agentWord(person);
  if (word === null) {
    return ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--', ...argv];
  }
  return ['/usr/bin/python3', '/run/bed/program/agent.py', String(uid), home, word, ...argv];
}

/** What agent.py calls this person; null = no agent. */
function agentWord(person: Person | null): string | null {
  if (person === null) return null;
  const { answer } = person;
  if (typeof answer === 'object') return `password:${answer.password}`;
  const words = { yes: null, no: null, 'no-agent': null, cancels: 'cancel', silent: 'silent', interrupts: 'interrupt' };
  return words[answer];
}

/** The ordinary user counts as an administrator, so that it is their own password that is asked for. */
function rules(person: Person): string {
  const result = person.answer === 'yes' ? 'YES' : person.answer === 'no' ? 'NO' : null;
  const asked = `polkit.addAdminRule(function() { return ["unix-user:${ordinaryUser.name}"]; });\n`;
  if (result === null) return asked;
  return `${asked}polkit.addRule(function(action, subject) {
  if (action.id == "org.freedesktop.policykit.exec" && subject.user == "${ordinaryUser.name}") return polkit.Result.${result};
});\n`;
}

/**
 * Rules on standard input; $1 = "agent" when pkttyagent will be used. Without logind an agent is found by the exact process that
 * called pkexec: bash becomes the last program of `sh -c`, dash stays in between, so bash takes dash's place for agents.
 */
const restart = `
set -eu
cat > /etc/polkit-1/rules.d/10-bed.rules
chmod 644 /etc/polkit-1/rules.d/10-bed.rules
while mountpoint -q /usr/bin/dash || grep -q ' /usr/bin/dash ' /proc/self/mountinfo; do umount /usr/bin/dash; done
if [ "$1" = agent ]; then mount --bind /usr/bin/bash /usr/bin/dash; fi
wait_for() { # wait_for WHAT COMMAND...: at most 10 s
  local what=$1 i
  shift
  for i in $(seq 500); do if "$@" > /dev/null 2>&1; then return 0; fi; sleep 0.02; done
  echo "$what did not happen within 10 s" >&2
  cat /run/bed/dbus.log /run/bed/polkitd.log >&2
  exit 1
}
mkdir -p /run/dbus
if [ ! -S /run/dbus/system_bus_socket ]; then
  setsid dbus-daemon --system --nofork --nopidfile < /dev/null > /run/bed/dbus.log 2>&1 &
  wait_for 'start of dbus-daemon' test -S /run/dbus/system_bus_socket
fi
if [ -f /run/bed/polkitd.pid ]; then
  kill "$(cat /run/bed/polkitd.pid)"
  gone() { ! kill -0 "$(cat /run/bed/polkitd.pid)"; }
  wait_for 'end of polkitd' gone
fi
setsid /usr/lib/polkit-1/polkitd --no-debug < /dev/null > /run/bed/polkitd.log 2>&1 &
echo $! > /run/bed/polkitd.pid
owned() {
  dbus-send --system --dest=org.freedesktop.DBus --print-reply / org.freedesktop.DBus.NameHasOwner \\
    string:org.freedesktop.PolicyKit1 | grep -q 'boolean true'
}
wait_for 'start of polkitd' owned
`;
