// Whole rulesets, drawn: tables of every family, base chains on the hooks a packet to this PC passes and on others, chains to jump to.
import type { Version } from '../addresses';
import type { Random } from '../random';
import { type Chain, type Rule, type Ruleset, type Table, writeRule } from '../ruleset';
import type { Level, Place, TableDraft, Task } from './draft';
import { drawInterface, drawMatch, drawPort, drawSource } from './matches';
import { drawStatement, drawTranslation, drawVerdict, drawVerdictMap } from './verdicts';

export interface Drawn {
  readonly ruleset: Ruleset;
  readonly level: Level;
  /** Whether rules may stop the answer on its way out: the review is not about that, so only its safe side is checked. */
  readonly stopsReplies: boolean;
  /** Rules may lead connections to containers. */
  readonly forwards: boolean;
}

interface Wish {
  readonly stopsReplies: boolean;
  readonly forwards: boolean;
}

export function drawRuleset(random: Random): Drawn {
  const level = random.weigh<Level>([
    [55, 'plain'],
    [30, 'wide'],
    [15, 'open'],
  ]);
  const count = random.weigh([
    [50, 1],
    [30, 2],
    [15, 3],
    [5, 4],
  ]);
  const stopsReplies = random.chance(0.03);
  const forwards = random.chance(0.45);
  const tables = Array.from({ length: count }, (_, index) =>
    drawTable(random, level, `t${index}`, { stopsReplies, forwards }),
  );
  return { ruleset: { tables }, level, stopsReplies, forwards };
}

function drawTable(random: Random, level: Level, name: string, { stopsReplies, forwards }: Wish): Table {
  const family = random.weigh([
    [50, 'inet'],
    [17, 'ip'],
    [13, 'ip6'],
    [12, 'netdev'],
    [3, 'arp'],
    [3, 'bridge'],
  ]);
  const table: TableDraft = { random, level, family, versions: versionsOf(family), forwards, holdings: [] };
  const bases = drawBases(table, stopsReplies);
  const regular = (['filter', 'ingress', 'nat', 'forward'] as const).flatMap((task) =>
    bases.some((base) => base.task === task) ? drawRegular(table, task) : [],
  );
  const chains = [
    ...bases.map(({ name: chain, base, task }) => ({
      name: chain,
      base,
      rules: drawRules({
        table,
        task,
        targets: regular.filter((one) => one.task === task).map((one) => one.chain.name),
        protocol: 'tcp',
      }),
    })),
    ...regular.map(({ chain }) => chain),
  ];
  return { family, name, dormant: random.chance(0.03), holdings: table.holdings, chains };
}

function versionsOf(family: string): readonly Version[] {
  if (family === 'arp') return [];
  return family === 'ip' ? [4] : family === 'ip6' ? [6] : [4, 6];
}

interface Base {
  readonly name: string;
  readonly base: string;
  readonly task: Task;
}

function drawBases({ random, family, forwards }: TableDraft, stopsReplies: boolean): readonly Base[] {
  const count = random.weigh([
    [55, 1],
    [30, 2],
    [15, 3],
  ]);
  return Array.from({ length: count }, (_, index) => {
    const { type, hook, task } = random.weigh(hooksOf(family, { stopsReplies, forwards }));
    const device = hook === 'ingress' ? ` ${random.pick(devices)}` : '';
    const policy = random.weigh([
      [5, ' policy accept;'],
      [task === 'nat' || task === 'reply' ? 0 : 4, ' policy drop;'],
      [2, ''],
    ]);
    const base = `type ${type} hook ${hook}${device} priority ${drawPriority(random, hook, type)};${policy}`;
    return { name: `b${index}_${hook}`, base, task };
  });
}

const devices = ['device "eth0"', 'device "wlan0"', 'device "eth0"', 'devices = { "eth0", "wlan0" }', 'device "lo"'];

interface Hook {
  readonly type: string;
  readonly hook: string;
  readonly task: Task;
}

function hooksOf(family: string, { stopsReplies, forwards }: Wish): readonly (readonly [number, Hook])[] {
  const filter = (hook: string, task: Task): Hook => ({ type: 'filter', hook, task });
  if (family === 'netdev') return [[1, filter('ingress', 'ingress')]];
  if (family === 'arp') return [[1, filter('input', 'elsewhere')]];
  if (family === 'bridge')
    return [
      [1, filter('input', 'elsewhere')],
      [1, filter('prerouting', 'elsewhere')],
    ];
  return [
    [forwards ? 20 : 55, filter('input', 'filter')],
    [forwards ? 10 : 20, filter('prerouting', 'filter')],
    [forwards ? 35 : 10, { type: 'nat', hook: 'prerouting', task: 'nat' }],
    [family === 'inet' ? 3 : 0.001, family === 'inet' ? filter('ingress', 'ingress') : filter('input', 'filter')],
    [4, filter('output', stopsReplies ? 'filter' : 'reply')],
    [forwards ? 0.001 : 2, filter('postrouting', 'reply')],
    [forwards ? 45 : 3, filter('forward', forwards ? 'forward' : 'elsewhere')],
    // What is passed on meets these, too, and the review does not follow it there.
    [forwards ? 0.001 : 2, { type: 'nat', hook: 'postrouting', task: 'reply' }],
    [1, { type: 'nat', hook: 'input', task: 'reply' }],
  ];
}

function drawPriority(random: Random, hook: string, type: string): string {
  if (type === 'nat') return String(hook === 'prerouting' ? random.pick([-100, -100, -150, -50, 0]) : 100);
  if (hook === 'prerouting')
    return String(random.pick([-300, -200, -199, -190, -150, -150, -101, -100, -99, -50, 0, 0, 10]));
  return String(random.pick([-300, -150, -10, -1, 0, 0, 0, 0, 1, 5, 10, 50, 100]));
}

function drawRegular(table: TableDraft, task: Task): readonly { readonly task: Task; readonly chain: Chain }[] {
  const names = Array.from({ length: table.random.between(0, 3) }, (_, index) => `${task}_r${index}`);
  return names.map((name, index) => ({
    task,
    chain: { name, base: null, rules: drawRules({ table, task, targets: names.slice(index + 1), protocol: 'tcp' }) },
  }));
}

function drawRules(place: Place): readonly Rule[] {
  const { random, forwards } = place.table;
  const count = random.weigh([
    [8, random.between(0, 2)],
    [10, random.between(2, 5)],
    [3, random.between(5, 10)],
  ]);
  const rules: Rule[] = [];
  for (let i = 0; i < count; i++) {
    // Owners repeat themselves: the second one never decides.
    rules.push(rules.length > 0 && random.chance(0.04) ? random.pick(rules) : drawRule(narrowed(place)));
  }
  // What no rule before has taken is published, as programs that run containers do it: for a port, or for all.
  if (place.task === 'nat' && forwards && random.chance(0.6)) {
    const one = narrowed(place);
    rules.push({ pieces: [...(random.chance(0.5) ? [drawPort(one)] : []), ...drawTranslation(one)] });
  }
  return rules;
}

/** One rule speaks of one IP version and one protocol, or nft refuses it. */
function narrowed(place: Place): Place {
  const { random, versions } = place.table;
  const table = versions.length > 1 ? { ...place.table, versions: [random.pick(versions)] } : place.table;
  return { ...place, table, protocol: random.chance(0.94) ? 'tcp' : 'udp' };
}

function drawRule(place: Place): Rule {
  const { table, task } = place;
  const { random, family } = table;
  if (task === 'reply' || task === 'elsewhere') return drawAside(place);
  if (random.chance(0.13))
    return { pieces: [...(random.chance(0.3) ? [drawMatch(place)] : []), ...drawVerdictMap(place)] };
  const matches = random.weigh([
    [5, () => []],
    [20, () => [drawMatch(place)]],
    [25, () => [drawSource(place), drawPort(place)]],
    [12, () => [drawInterface(place), drawPort(place)]],
    [25, () => [drawMatch(place), drawMatch(place)]],
    [10, () => [drawMatch(place), drawMatch(place), drawMatch(place)]],
  ])();
  const statements = random.chance(0.25) ? [drawStatement(place)] : [];
  const comment = random.chance(0.06)
    ? [`comment "${random.pick(['SMB', "the owner's note", 'a } b; drop', '# accept'])}"`]
    : [];
  const isBlock = task === 'filter' && ['ip', 'ip6', 'inet'].includes(family) && random.chance(0.05);
  const verdict = isBlock ? [drawBlock(place)] : random.chance(0.92) ? drawVerdict(place) : [];
  const pieces = [...matches, ...statements, ...verdict];
  return { pieces: [...(pieces.length > 0 ? pieces : ['counter']), ...(family === 'arp' ? [] : comment)] };
}

/** A chain without a name, in the rule that leads there. */
function drawBlock(place: Place): string {
  const { random } = place.table;
  const rules = Array.from({ length: random.between(1, 3) }, () => {
    const matches = random.chance(0.5) ? [drawMatch(place)] : [drawSource(place), drawPort(place)];
    return writeRule({ pieces: [...matches, ...drawVerdict(place)] });
  });
  return `${random.pick(['jump', 'jump', 'goto'])} { ${rules.join('; ')}; }`;
}

/** A rule that can't meet the answer of a probe, or is where no probe passes. */
function drawAside(place: Place): Rule {
  const { random, family } = place.table;
  if (family === 'arp')
    return { pieces: [random.pick(['arp operation request drop', 'arp operation reply accept', 'drop'])] };
  if (place.task === 'elsewhere')
    return { pieces: [random.pick(['tcp dport 445', 'meta l4proto tcp', 'counter']), random.pick(['drop', 'accept'])] };
  const match = random.pick(['tcp dport 445', 'tcp dport { 139, 445 }', 'udp dport 137']);
  return { pieces: [match, random.pick(['drop', 'accept', 'counter'])] };
}
