// `inspect` beside nmap's SMB scripts on the same server, and beside a Node that does nothing.
import { type Bed, installed, raiseBed } from '../live/bed/bed';
import { alternate } from './alternate';
import type { Surroundings } from './bench';
import type { Comparison } from './comparison';
import { type Command, type Stopwatch, stopwatchIn } from './stopwatch';

const scripts = ['smb-protocols', 'smb2-security-mode', 'smb2-capabilities', 'smb2-time'];

/** nmap takes seconds a run: few are enough, and the rounds with the empty Node are counted on their own. */
const rounds = { empty: { warmUp: 3, counted: 21 }, nmap: { warmUp: 1, counted: 3 } } as const;

export async function compareInspection({ folder, tell }: Surroundings): Promise<readonly Comparison[]> {
  const bed = await raiseBed();
  try {
    const watch = await stopwatchIn(bed, folder);
    const empty = await emptyScriptIn(bed);
    tell('inspect: beside an empty Node process, as root and as an ordinary user ...');
    const asRoot = await besideEmptyNode(watch, empty);
    const asOrdinary = await besideEmptyNode(watch, empty, 'ordinary');
    tell("inspect: beside nmap's SMB scripts (half a minute) ...");
    return [await besideNmap(watch), asRoot, asOrdinary];
  } finally {
    await bed.down();
  }
}

async function besideNmap(watch: Stopwatch): Promise<Comparison> {
  const { ours, theirs } = await alternate(
    { ours: () => watch.time(inspection()), theirs: () => watch.time(nmap) },
    rounds.nmap,
  );
  return {
    title: 'inspect',
    unit: 'ms',
    ours: { what: 'inspect --json', values: ours },
    theirs: { what: "nmap's four SMB scripts, from a neighbour", values: theirs },
    limit: 1 / 20,
  };
}

async function besideEmptyNode(watch: Stopwatch, script: string, user?: 'ordinary'): Promise<Comparison> {
  const emptyNode: Command = {
    argv: [installed.node, script],
    ...(user && { user }),
    isDone: ({ code }) => code === 0,
  };
  const { ours, theirs } = await alternate(
    { ours: () => watch.time(inspection(user)), theirs: () => watch.time(emptyNode) },
    rounds.empty,
  );
  return {
    title: user === undefined ? 'inspect' : 'inspect, as an ordinary user',
    unit: 'ms',
    ours: { what: 'inspect --json', values: ours },
    theirs: { what: 'an empty Node process', values: theirs },
    limit: 2.5,
  };
}

/** A whole inspection: the door is judged (open is exit 1) and the server has said what it speaks. */
function inspection(user?: 'ordinary'): Command {
  return {
    argv: [installed.node, installed.cli, 'inspect', '--json'],
    ...(user && { user }),
    isDone({ code, stdout }) {
      if (code !== 0 && code !== 1 && code !== 6) return false;
      const { facts } = JSON.parse(stdout);
      const isRead = (['smb', 'listeners', 'servers', 'managers', 'network', 'system'] as const).every(
        (name) => facts[name].state === 'known',
      );
      return isRead && facts.smb.value.some((answer: { chosen: string | null }) => answer.chosen === '3.1.1');
    },
  };
}

/**
 * From the neighbour, where helpdesk staff run it: there it waits seconds for an answer to a NetBIOS question that no program here
 * gives; on the PC itself the refusal comes at once, and nmap takes a third of a second.
 */
const nmap: Command = {
  argv: ['nsenter', '--net=/run/netns/lan', 'nmap', '-Pn', '-n', '-p445', '--script', scripts.join(','), '10.77.1.10'],
  isDone: ({ code, stdout }) => code === 0 && scripts.every((script) => stdout.includes(`${script}:`)),
};

async function emptyScriptIn(bed: Bed): Promise<string> {
  const place = '/run/bed/empty.js';
  const { code, stderr } = await bed.run(['/usr/bin/touch', place]);
  if (code !== 0) throw new Error(`An empty script could not be put into the bed. ${stderr}`);
  return place;
}
