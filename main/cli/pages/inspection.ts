// An inspection for people: the answer first, then what it rests on, then what is not known. Pure.

import type { PatchVerdict } from '../../model/advisory';
import type { Fact, FactName, FirewallManager, Listener, Session, SystemFact } from '../../model/facts';
import { type Message, message, type Words } from '../../model/message';
import type { Report } from '../../model/report';
import type { Review } from '../../model/review';
import type { Exposure, Finding, ShieldVerdict } from '../../model/verdicts';
import { withinMessage } from '../../policy/within';
import { type Doubt, factTitle, unreadFacts, whyUnread } from '../doubts';
import { sortedPatches } from './advisories';
import { layDoubts } from './doubts';
import type { Page } from './layout';
import { completeWords, layReach } from './review';
import {
  countedRows,
  doorSentence,
  hourRows,
  keptRows,
  pathInCommand,
  severityOrder,
  severityWord,
  shieldAdvice,
  shieldRows,
  shieldSentence,
  timeCell,
} from './words';

export interface InspectPageOptions {
  /** How this program is called: "status" -> "breakwater status". */
  readonly call: (args: string) => string;
  /** What the answer leaves open, as the exit code has it. */
  readonly doubts: readonly Doubt[];
}

export function layInspection(page: Page, report: Report, { call, doubts }: InspectPageOptions): void {
  const { facts, verdicts } = report;
  const asked = (name: FactName): boolean => facts[name].state !== 'not-asked';
  if (report.saved)
    page.say(message('page.saved', { path: report.saved.path, at: report.saved.at }), { tone: 'strong' });
  if (report.saved?.complete) page.say(completeWords);
  if (asked('managers')) {
    const { text, tone } = doorSentence(verdicts.door, verdicts.shield);
    page.say(text, { tone });
    for (const because of verdicts.door.because) page.say(because, { indent: 2 });
  }
  if (facts.system.state === 'known') {
    const { hostname, name, build, within } = facts.system.value;
    page.gap();
    page.say(message('page.pc', { hostname, name, build }), { tone: 'dim' });
    if (within) page.say(withinMessage(within), { tone: 'warning' });
  }
  if (asked('managers')) layExposures(page, verdicts.door.exposures);
  const review = report.saved
    ? `review --from ${pathInCommand(report.saved.path)}${report.saved.complete ? ' --complete' : ''}`
    : 'review';
  if (verdicts.review) layWhoMayConnect(page, verdicts.review, call(review));
  if (asked('journal') && !report.saved) layShield(page, verdicts.shield, call);
  if (facts.smb.state === 'known' || facts.servers.state === 'known') layFindings(page, verdicts.findings);
  if (verdicts.patch) layPatch(page, verdicts.patch, call);
  layList(page, facts.sessions, message('page.heading.sessions'), sessionRows);
  layList(page, facts.listeners, message('page.heading.listeners'), listenerRows);
  layList(page, facts.managers, message('page.heading.managers'), managerRows);
  layDoubts(page, doubts);
  layUnseen(page, report, doubts, call);
}

function layWhoMayConnect(page: Page, { verdict, reach, unsure }: Review, more: string): void {
  if (verdict === 'unknown') return;
  page.heading(message('page.heading.who-may-connect'));
  layReach(page, reach);
  if (unsure.length > 0) page.say(message('page.some-unsure'), { indent: 2 });
  page.say(message('page.which-rules', { command: more }), { indent: 2, tone: 'dim' });
}

export function layShield(page: Page, shield: ShieldVerdict, call: (args: string) => string): void {
  const { text, tone } = shieldSentence(shield);
  page.heading(message('page.heading.shield'));
  page.say(text, { tone, indent: 2 });
  layShieldDetails(page, shield, call);
}

/** Its terms, its proof or why there is none, what it has counted, and what to do. */
export function layShieldDetails(page: Page, verdict: ShieldVerdict, call: (args: string) => string): void {
  const { state, shield, because, provedAt, counted } = verdict;
  const rows = [
    ...(shield ? shieldRows(shield, verdict.end) : []),
    ...(provedAt ? [[message('page.label.proven'), timeCell(provedAt)]] : []),
    ...(counted ? countedRows(counted) : []),
    ...keptRows(verdict),
  ];
  page.table(rows);
  const hours = hourRows(verdict);
  if (hours.length > 0) {
    page.say(message('page.by-hour'), { indent: 2 });
    page.table(hours);
  }
  if (because.length > 0 && state !== 'none') {
    page.say(message(state === 'up' ? 'page.proof' : 'page.why'), { indent: 2 });
    for (const line of because) page.bullet(line);
  }
  const advice = shieldAdvice(state, call);
  if (advice) page.say(advice, { indent: 2 });
}

/** The holes that are not patched, in one line each; what each verdict rests on is for `advisories check`. */
function layPatch(page: Page, patch: PatchVerdict, call: (args: string) => string): void {
  const { vulnerable, untold, fixed } = sortedPatches(patch);
  page.heading(message('page.heading.patches'));
  page.table(
    [...vulnerable, ...untold].map(({ id, state, title, doorClosed }) => [
      message(state === 'vulnerable' ? 'page.not-patched' : 'page.not-known'),
      id,
      doorClosed === null ? title : message('page.hole-closed', { title, closed: doorClosed }),
    ]),
    (row) => (row < vulnerable.length ? 'bad' : 'warning'),
  );
  if (patch.verdicts.length > 0)
    page.say(message('page.fixed-of', { fixed, all: patch.verdicts.length }), { indent: 2 });
  page.say(message('page.why-and-what', { command: call('advisories check') }), { indent: 2, tone: 'dim' });
}

export function layFindings(page: Page, findings: readonly Finding[], title = message('page.heading.findings')): void {
  page.heading(title);
  if (findings.length === 0) page.say(message('page.nothing'), { indent: 2 });
  const order = (finding: Finding): number => severityOrder.indexOf(finding.severity);
  for (const finding of [...findings].sort((a, b) => order(a) - order(b))) {
    const { text, tone } = severityWord(finding.severity);
    page.say(message('page.finding', { severity: text, title: finding.title }), {
      tone,
      indent: 2,
      hang: page.widthOf(text) + 2,
    });
    page.say(finding.detail, { indent: 6 });
    page.say(message('page.rests-on', { because: finding.because }), { indent: 6, tone: 'dim' });
    page.say(finding.reference, { indent: 6, tone: 'dim' });
  }
}

function layExposures(page: Page, exposures: readonly Exposure[]): void {
  if (exposures.length === 0) return;
  page.heading(message('page.heading.ports'));
  const tones = { open: 'bad', partly: 'warning', closed: 'good', shielded: 'good', unknown: 'warning' } as const;
  page.table(
    exposures.map(({ protocol, port, interface: name, address, state, listener }) => [
      message(`page.port.${state}`),
      `${protocol.toUpperCase()} ${port}`,
      name,
      address,
      listener,
    ]),
    (row) => tones[exposures[row]?.state ?? 'unknown'],
  );
}

/** A section for a list that was read; what was not read stands under "Not known". */
function layList<T>(
  page: Page,
  fact: Fact<readonly T[]>,
  title: Message,
  rows: (values: readonly T[]) => readonly (readonly Words[])[],
): void {
  if (fact.state !== 'known') return;
  const shown = rows(fact.value);
  page.heading(title);
  if (shown.length === 0) page.say(message('page.nothing'), { indent: 2 });
  page.table(shown.slice(0, longestList));
  page.more(shown.length - longestList);
}

const longestList = 40;

/** Only those who use this PC's files: what this PC uses itself is not cut (outgoing SMB to local networks stays). */
function sessionRows(sessions: readonly Session[]): readonly (readonly Words[])[] {
  return sessions
    .filter(({ direction }) => direction === 'in')
    .map(({ remote, local }) => [remote.address, message('page.uses', { port: local.port, address: local.address })]);
}

function listenerRows(listeners: readonly Listener[]): readonly (readonly Words[])[] {
  return listeners.map(({ protocol, port, address, owner }) => [
    `${protocol.toUpperCase()} ${port}`,
    address,
    ownerCell(owner),
  ]);
}

function managerRows(managers: readonly FirewallManager[]): readonly (readonly Words[])[] {
  return managers.map(({ title, state, because }) => [
    title,
    message(state === 'unknown' ? 'page.not-known' : `page.state.${state}`),
    because,
  ]);
}

/** What was not seen and is no doubt of the answer, which does not depend on it. */
function layUnseen(page: Page, report: Report, doubts: readonly Doubt[], call: (args: string) => string): void {
  const { facts, simulated, saved } = report;
  const unread = unreadFacts(report)
    .filter((name) => !doubts.some(({ code, about }) => code === 'fact' && about === name))
    .map((name) => message('doubt.fact', { fact: factTitle(name), why: whyUnread(facts[name]) }));
  const hidden = facts.listeners.state === 'known' && facts.listeners.value.some(({ owner }) => owner === null);
  const lines = [...unread, ...(hidden ? [message('page.hidden-programs')] : [])];
  if (lines.length > 0) page.heading(message('page.heading.not-seen'));
  for (const line of lines) page.bullet(line);
  if (saved) return;
  if (facts.ruleset.state === 'not-permitted' || hidden)
    page.say(seeMore(simulated !== null, facts.system, call), { indent: 2 });
}

function seeMore(isSimulated: boolean, system: Fact<SystemFact>, call: (args: string) => string): Message {
  if (isSimulated) return message('page.see-more.simulated');
  const isLinux = system.state === 'known' && system.value.platform === 'linux';
  return isLinux ? message('page.see-more.sudo', { command: call('inspect') }) : message('page.see-more');
}

function ownerCell(owner: Listener['owner']): Words {
  if (owner === null) return message('page.not-permitted');
  return owner.pid === null ? owner.name : message('page.process', { name: owner.name, pid: owner.pid });
}
