// `review`: who may connect in, by the firewall's rules, live or as they were saved on another PC.

import type { PolicyRead } from '../../engine/engine';
import { type Message, message } from '../../model/message';
import type { LinuxPolicy, Review, WindowsPolicy } from '../../model/review';
import { everything, toNetworks } from '../../policy/address-sets';
import { entriesOf, verdictOf } from '../../policy/reach';
import { mustHaveFrom, type Options, quoted, quotedPath, UsageError } from '../arguments';
import type { Desk } from '../context';
import { type ReviewDocument, reviewDocument, type Stamp } from '../documents';
import { type ExitCode, exit, exitForReview } from '../exit-codes';
import { layReview } from '../pages/review';
import { caller } from '../pages/words';

export async function review(desk: Desk, options: Options): Promise<ExitCode> {
  const { json, simulate } = options;
  const { document, notPermitted } =
    options.from === null ? await reviewLive(desk, options) : await reviewSaved(desk, options, options.from);
  if (json) desk.terminal.printJson(document);
  else desk.terminal.show((page) => layReview(page, document));
  if (!notPermitted) return exitForReview(document);
  desk.terminal.tell(
    simulate === null
      ? message('command.review.not-permitted', { command: caller(null)('review') })
      : message('command.review.not-permitted-simulated'),
  );
  return exit.notPermitted;
}

interface Reviewed {
  readonly document: ReviewDocument;
  readonly notPermitted: boolean;
}

async function reviewLive({ terminal, interrupts, openEngine }: Desk, options: Options): Promise<Reviewed> {
  if (options.subnet.length > 0) throw new UsageError(message('usage.subnet-live'));
  mustHaveFrom(options);
  const engine = await openEngine();
  const endProgress = terminal.progress(message('command.progress.rules'));
  const read = await engine.readPolicy({ signal: interrupts.signal });
  if (options.profile !== null && read.platform !== 'windows') throw profileOnLinux();
  mustHaveInterface(
    read.network.state === 'known' ? read.network.value.interfaces.map(({ name }) => name) : null,
    options.interface,
  );
  const judged = 'policy' in read ? read.policy.review(options) : null;
  endProgress();
  const whole = judged ?? notJudged(read);
  const document = documentOf({ at: read.at, simulated: engine.simulated }, options, whole);
  return { document, notPermitted: 'unread' in read && read.unread.state === 'not-permitted' };
}

async function reviewSaved({ terminal, openEngine }: Desk, options: Options, path: string): Promise<Reviewed> {
  if (options.simulate !== null) throw new UsageError(message('usage.from-and-simulate.policy'));
  const { readSaved } = await import('../saved-files');
  const endProgress = terminal.progress(message('command.progress.judging-rules'));
  const saved = readSaved(path, options.complete);
  const { host } = saved.policy;
  mustHaveInterface(host === null ? null : Object.keys(host.interfaces), options.interface);
  const judged =
    saved.platform === 'linux' ? await judgeLinux(saved.policy, options) : await judgeWindows(saved.policy, options);
  const engine = await openEngine();
  endProgress();
  if ('code' in judged) throw new UsageError(message('usage.from.not-judged', { path: quotedPath(path), why: judged }));
  if (saved.platform === 'windows' && saved.passedBy.length > 0)
    terminal.tell(message('command.not-registry', { names: saved.passedBy.slice(0, 10).join(', ') }));
  const document = documentOf({ at: engine.now().toISOString(), simulated: null }, options, judged);
  return { document, notPermitted: false };
}

/** The review, or why the policy can't be read. */
async function judgeLinux(policy: LinuxPolicy, options: Options): Promise<Review | Message> {
  if (options.profile !== null) throw profileOnLinux();
  if (options.subnet.length > 0) throw new UsageError(message('usage.subnet-on-linux'));
  const [{ readPolicy }, { reviewRead }] = await Promise.all([
    import('../../policy/netfilter/read-policy'),
    import('../../policy/netfilter/review'),
  ]);
  const read = readPolicy(policy);
  return read.kind === 'bad' ? read.why : reviewRead(read, policy, options);
}

/** As `judgeLinux`. A policy that was read well can still leave the answer unknown. */
async function judgeWindows(policy: WindowsPolicy, options: Options): Promise<Review | Message> {
  const [{ readRegistry }, { reviewRegistry, unknownReview }] = await Promise.all([
    import('../../policy/windows/read-registry'),
    import('../../policy/windows/review'),
  ]);
  const read = readRegistry(policy.registry, policy.host);
  if (read.kind === 'bad') return read.why;
  if (read.kind === 'unclear') return unknownReview(read.why);
  const { proto, port, profile, subnet } = options;
  return reviewRegistry(read, policy, { proto, port, profile, subnets: subnet });
}

function documentOf(stamp: Stamp, query: Options, whole: Review): ReviewDocument {
  const review = onInterface(onProfile(whole, query.profile), query.interface);
  return reviewDocument(stamp, { direction: 'in', proto: query.proto, port: query.port }, review);
}

const profileOnLinux = (): UsageError => new UsageError(message('usage.profile-on-linux'));

/** What can't be judged is counted as letting everybody through. */
function notJudged(read: PolicyRead): Review {
  const why = 'unread' in read ? read.unread.why : 'what they say of this port is not known on this PC';
  return {
    source: sources[read.platform],
    verdict: 'unknown',
    reach: [
      { interface: '*', profile: null, ipv4: toNetworks(everything('ipv4')), ipv6: toNetworks(everything('ipv6')) },
    ],
    because: [],
    unsure: [{ rule: "the firewall's rules", why }],
  };
}

const sources = { linux: 'nftables', windows: 'windows-firewall', macos: 'pf' } as const;

function onProfile(review: Review, profile: Options['profile']): Review {
  if (profile === null) return review;
  const reach = review.reach.filter((entry) => entry.profile === profile || entry.profile === null);
  if (reach.length > 0 || review.reach.length === 0) return narrowed(review, reach);
  const names = [...new Set(review.reach.map((entry) => entry.profile))].join(', ');
  throw new UsageError(message('usage.profile-not-in-use', { profile, names }));
}

function onInterface(review: Review, name: string | null): Review {
  if (name === null) return review;
  const entries = entriesOf(review, name).map((entry) => ({ ...entry, interface: name }));
  return narrowed(review, entries.length > 0 ? entries : [{ interface: name, profile: null, ipv4: [], ipv6: [] }]);
}

function narrowed(review: Review, reach: Review['reach']): Review {
  // Asked for by name, loopback counts like any other.
  const counted = reach.map((entry) => ({ ...entry, interface: '*' }));
  return { ...review, reach, verdict: review.verdict === 'unknown' ? 'unknown' : verdictOf(counted, review.missing) };
}

/** `names` null = not known. A name in a rule may be one of an interface that is not there now, so a saved PC without a host takes any. */
function mustHaveInterface(names: readonly string[] | null, name: string | null): void {
  if (name === null || names === null || names.includes(name)) return;
  throw new UsageError(message('usage.no-interface', { name: quoted(name), names: names.join(', ') }));
}
