// `shield` (plan, act, proof, journal) beside one rule through ufw and through firewalld, each on a PC where that one is running.
import { type Bed, installed, raiseBed } from '../live/bed/bed';
import { alternate } from './alternate';
import type { Surroundings } from './bench';
import { type Comparison, median, type Side } from './comparison';
import { type Command, type Stopwatch, stopwatchIn } from './stopwatch';

const rounds = { warmUp: 2, counted: 15 } as const;

export async function compareShield({ folder, tell }: Surroundings): Promise<readonly Comparison[]> {
  const beds: Bed[] = [];
  const raise = async (): Promise<Bed> => {
    const bed = await raiseBed();
    beds.push(bed);
    return bed;
  };
  try {
    tell('shield: starting ufw and firewalld ...');
    const withUfw = await raise();
    await startUfw(withUfw);
    const withFirewalld = await raise();
    await startFirewalld(withFirewalld);
    const ufwWatch = await stopwatchIn(withUfw, folder);
    const firewalldWatch = await stopwatchIn(withFirewalld, folder);

    tell('shield: beside ufw and firewall-cmd ...');
    const times = await alternate(
      {
        besideUfw: () => putUp(ufwWatch, breakwater),
        ufw: () => putUp(ufwWatch, ufw),
        besideFirewalld: () => putUp(firewalldWatch, breakwater),
        firewalld: () => putUp(firewalldWatch, firewalld),
      },
      rounds,
    );
    const ours = {
      ufw: { what: 'shield', values: times.besideUfw },
      firewalld: { what: 'shield', values: times.besideFirewalld },
    };
    const theirs = {
      ufw: { what: 'ufw deny 445/tcp', values: times.ufw },
      firewalld: { what: 'firewall-cmd --add-rich-rule', values: times.firewalld },
    };
    const slower = middle(ours.ufw) >= middle(ours.firewalld) ? ours.ufw : ours.firewalld;
    const faster = middle(theirs.ufw) <= middle(theirs.firewalld) ? theirs.ufw : theirs.firewalld;
    return [
      { title: 'shield, beside ufw', unit: 'ms', ours: ours.ufw, theirs: theirs.ufw, limit: 1 },
      { title: 'shield, beside firewalld', unit: 'ms', ours: ours.firewalld, theirs: theirs.firewalld, limit: 1 },
      { title: 'shield, its slower with their faster', unit: 'ms', ours: slower, theirs: faster, limit: 1 },
    ];
  } finally {
    await Promise.all(beds.map((bed) => bed.down()));
  }
}

const middle = ({ values }: Side): number => median(values);

/** A way to shut the door, and the way back. */
interface Way {
  readonly up: Command;
  readonly down: Command;
}

/** Only putting up is timed. */
async function putUp(watch: Stopwatch, { up, down }: Way): Promise<number> {
  const ms = await watch.time(up);
  await watch.time(down);
  return ms;
}

const breakwater: Way = {
  up: { argv: [installed.node, installed.cli, 'shield'], isDone: ({ code }) => code === 0 },
  down: { argv: [installed.node, installed.cli, 'lift'], isDone: ({ code }) => code === 0 },
};

const ufw: Way = {
  up: {
    argv: ['ufw', 'deny', '445/tcp'],
    isDone: ({ code, stdout }) => code === 0 && stdout.includes('Rule added'),
  },
  down: {
    argv: ['ufw', 'delete', 'deny', '445/tcp'],
    isDone: ({ code, stdout }) => code === 0 && stdout.includes('Rule deleted'),
  },
};

const rule = 'rule family=ipv4 port port=445 protocol=tcp drop';
const firewalld: Way = {
  up: { argv: ['firewall-cmd', `--add-rich-rule=${rule}`], isDone: isSuccess },
  down: { argv: ['firewall-cmd', `--remove-rich-rule=${rule}`], isDone: isSuccess },
};

function isSuccess({ code, stdout, stderr }: { code: number | null; stdout: string; stderr: string }): boolean {
  return code === 0 && stdout.includes('success') && !stderr.includes('Warning');
}

async function startUfw(bed: Bed): Promise<void> {
  const { code, stdout, stderr } = await bed.run(['ufw', '--force', 'enable']);
  if (code !== 0 || !stdout.includes('active')) throw new Error(`ufw could not be enabled. ${stdout}${stderr}`);
}

/** firewalld takes orders over the system bus; with polkit there it asks as it does on a real PC. */
async function startFirewalld(bed: Bed): Promise<void> {
  await bed.polkit({ answer: 'no-agent' });
  const daemon = bed.start(['/usr/sbin/firewalld', '--nofork', '--nopid']);
  let complaints = '';
  daemon.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk;
  });
  daemon.stdout?.resume();
  const end = Date.now() + 20_000;
  for (;;) {
    const { code } = await bed.run(['firewall-cmd', '--state']);
    if (code === 0) return;
    if (Date.now() > end) throw new Error(`firewalld was not running within 20 s. ${complaints}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
