// `review`: who may connect in, as far as this version can tell: by the shield, and by an open door that was found.
import { accessSync, constants } from 'node:fs';
import type { Report } from '../../model/report';
import { shieldTcpPorts, shieldUdpPorts } from '../../policy/shield-scope';
import { type Options, quoted, UsageError } from '../arguments';
import type { Desk } from '../desk';
import type { ReviewDocument, Stamp } from '../documents';
import { type ExitCode, exit } from '../exit-codes';
import type { Page } from '../layout';

export async function review(desk: Desk, options: Options): Promise<ExitCode> {
  const { terminal, interrupts } = desk;
  const engine = await desk.openEngine();
  let document: ReviewDocument;
  if (options.from !== null) {
    mustBeReadable(options.from);
    document = reviewOfSaved(options, { at: engine.now().toISOString(), simulated: engine.simulated });
  } else {
    const endProgress = terminal.progress('reading the firewall ...');
    const report = await engine.inspect({ only: new Set(['firewall', 'shield']), signal: interrupts.signal });
    endProgress();
    mustHaveInterface(report, options.interface);
    document = reviewOf(report, options);
  }
  if (options.json) terminal.printJson(document);
  else terminal.show((page) => layReview(page, document));
  return exitForReview(document);
}

/** partly is the shield's exceptions and no more here, so it is as asked. */
export function exitForReview({ verdict }: Pick<ReviewDocument, 'verdict'>): ExitCode {
  return { closed: exit.done, partly: exit.done, open: exit.badNews, unknown: exit.unknown }[verdict];
}

type Query = Pick<Options, 'port' | 'proto' | 'interface' | 'profile'>;

/** A proven shield bounds who gets in from above; without it, a door that was found open is open; all else is unknown. Pure. */
function reviewOf({ at, simulated, facts, verdicts }: Report, query: Query): ReviewDocument {
  const base = {
    ...head({ at, simulated }, query),
    source: facts.system.state === 'known' ? sources[facts.system.value.platform] : 'unknown',
  } as const;
  const entry = entryFor(query);
  const { shield } = verdicts.shield;
  const inScope = (query.proto === 'tcp' ? shieldTcpPorts : shieldUdpPorts).includes(query.port);
  if (verdicts.shield.state === 'up' && shield && inScope) {
    const isClosed = shield.allow.ipv4.length + shield.allow.ipv6.length === 0;
    return {
      ...base,
      verdict: isClosed ? 'closed' : 'partly',
      reach: [{ ...entry, ...shield.allow }],
      because: [
        {
          effect: 'block',
          rule: `shield ${shield.id}, read and proven just now`,
          where: base.source === 'nftables' ? 'table inet breakwater' : `rules named Breakwater-${shield.id}-*`,
        },
      ],
      unsure: isClosed ? [] : [{ rule: 'all rules but ours', why: `${notBuilt} They may also close the exceptions.` }],
    };
  }
  const open = verdicts.door.exposures.filter(
    (one) =>
      one.state === 'open' &&
      one.protocol === query.proto &&
      one.port === query.port &&
      (query.interface === null || one.interface === query.interface),
  );
  if (open.length > 0)
    return {
      ...base,
      verdict: 'open',
      reach: [{ ...entry, ...everybody }],
      because: verdicts.door.because.map((rule) => ({ effect: 'default', rule, where: 'the whole ruleset' })),
      unsure: [],
    };
  const { ruleset } = facts;
  const unread = ruleset.state === 'known' ? [] : [{ rule: "the firewall's rules", why: ruleset.why }];
  return { ...base, ...unknown(entry, unread) };
}

/** What is known of a saved policy in this version: nothing. Pure. */
function reviewOfSaved(query: Query, stamp: Stamp): ReviewDocument {
  return { ...head(stamp, query), source: 'unknown', ...unknown(entryFor(query), []) };
}

const notBuilt = 'This version of Breakwater does not judge other firewall rules yet.';
const everybody = { ipv4: ['0.0.0.0/0'], ipv6: ['::/0'] } as const;
const sources = { linux: 'nftables', windows: 'windows-firewall', macos: 'pf' } as const;

function head(
  { at, simulated }: Stamp,
  { port, proto }: Query,
): Pick<ReviewDocument, 'schema' | 'at' | 'simulated' | 'query'> {
  return { schema: 'breakwater/review@1', at, simulated, query: { direction: 'in', proto, port } };
}

function entryFor(query: Query): { readonly interface: string; readonly profile: string | null } {
  return { interface: query.interface ?? '*', profile: query.profile };
}

/** What can't be judged is counted as letting everybody through. */
function unknown(
  entry: ReturnType<typeof entryFor>,
  unread: ReviewDocument['unsure'],
): Pick<ReviewDocument, 'verdict' | 'reach' | 'because' | 'unsure'> {
  return {
    verdict: 'unknown',
    reach: [{ ...entry, ...everybody }],
    because: [],
    unsure: [...unread, { rule: 'all rules but ours', why: notBuilt }],
  };
}

function mustBeReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new UsageError(`--from ${quoted(path)} can't be read: ${(error as Error).message}.`);
  }
}

function mustHaveInterface({ facts }: Report, name: string | null): void {
  if (name === null || facts.network.state !== 'known') return;
  const names = facts.network.value.interfaces.map((one) => one.name);
  if (!names.includes(name))
    throw new UsageError(`this PC has no network interface ${quoted(name)}; it has ${names.join(', ')}.`);
}

function layReview(page: Page, { verdict, query, reach, because, unsure }: ReviewDocument): void {
  const what = `${query.proto.toUpperCase()} ${query.port}`;
  const sentences = {
    open: [`OPEN: everybody may connect to ${what}.`, 'bad'],
    partly: [`SHUT BUT FOR EXCEPTIONS: at most these may connect to ${what}.`, 'good'],
    closed: [`CLOSED: nobody may connect to ${what}.`, 'good'],
    unknown: [`NOT KNOWN: who may connect to ${what}.`, 'warning'],
  } as const;
  const [text, tone] = sentences[verdict];
  page.say(text, { tone });
  page.heading(verdict === 'unknown' ? 'Counted as let through, to be safe' : 'Who may connect');
  page.table(
    reach.map((one) => [
      one.interface === '*' ? 'every interface' : one.interface,
      [...one.ipv4, ...one.ipv6].join(', ') || 'nobody',
    ]),
  );
  if (because.length > 0) {
    page.heading('Because');
    for (const { effect, rule, where } of because) page.bullet(`${effect}: ${rule} (${where})`);
  }
  if (unsure.length === 0) return;
  page.heading('Not sure');
  for (const { rule, why } of unsure) page.bullet(`${rule}: ${why}`);
}
