// `guide`: the four steps in the terminal, in plain questions: Check, Shield, Patch, Lift.

import type { Engine } from '../../engine/engine';
import { type Message, message, type Words } from '../../model/message';
import type { Plan } from '../../model/plan';
import type { Report } from '../../model/report';
import { isYesWord } from '../answer-words';
import { type Options, UsageError } from '../arguments';
import type { Desk } from '../context';
import { type ExitCode, exit, exitForInspection, exitForOutcome, exitForPatches } from '../exit-codes';
import { sortedPatches } from '../pages/advisories';
import { layShield } from '../pages/inspection';
import type { Page } from '../pages/layout';
import { layOutcome, layPlan } from '../pages/plan';
import { caller, doorSentence } from '../pages/words';
import { carryOut } from './act';

export async function guide(desk: Desk, { simulate }: Options): Promise<ExitCode> {
  const { ask } = desk;
  if (!ask) throw new UsageError(message('usage.guide.no-terminal'));
  const engine = await desk.openEngine();
  const show: Talk['show'] = (lay) =>
    desk.terminal.show((page) => {
      lay(page);
      page.gap();
    });
  const talk: Talk = { desk, engine, simulate, ask, show };

  talk.show((page) => {
    page.say(message('command.guide.steps'), { tone: 'strong' });
    page.say(message('command.guide.leave'));
  });
  const report = await check(talk);
  const afterShield = await offerShield(talk, report);
  if (afterShield !== 'go on') return afterShield ?? exitForInspection(report, null);
  if (!(await patch(talk))) return leave(talk);
  return offerLift(talk);
}

interface Talk {
  readonly desk: Desk;
  readonly engine: Engine;
  readonly simulate: string | null;
  readonly ask: (question: Words) => Promise<string | null>;
  readonly show: (lay: (page: Page) => void) => void;
}

async function check({ desk, engine, simulate, show }: Talk): Promise<Report> {
  show((page) => page.heading(message('command.guide.check')));
  const endProgress = desk.terminal.progress(message('command.progress.looking'));
  const report = await engine.inspect({ signal: desk.interrupts.signal });
  endProgress();
  show((page) => {
    const { text, tone } = doorSentence(report.verdicts.door, report.verdicts.shield);
    page.say(text, { tone });
    for (const because of report.verdicts.door.because) page.say(because, { indent: 2 });
    if (report.verdicts.shield.state !== 'none') layShield(page, report.verdicts.shield, caller(simulate));
    page.gap();
    page.say(message('command.guide.details', { command: caller(simulate)('inspect') }), { tone: 'dim' });
  });
  return report;
}

/** "go on" = a shield is up; a code = how a change ended; null = no shield was wanted. */
async function offerShield(talk: Talk, report: Report): Promise<ExitCode | 'go on' | null> {
  talk.show((page) => page.heading(message('command.guide.shield')));
  if (report.verdicts.shield.state === 'up' || report.verdicts.shield.state === 'kept') {
    talk.show((page) => page.say(message('command.guide.up-already')));
    return 'go on';
  }
  const planned = await talk.engine.planShield({
    allow: { ipv4: [], ipv6: [] },
    outbound: false,
    reason: null,
    until: null,
    atEnd: 'extend',
    workarounds: [],
  });
  if (planned.kind !== 'plan') {
    talk.show((page) => layOutcome(page, planned, 'shield', caller(talk.simulate)));
    return exitForOutcome(planned);
  }
  return (await confirmAndAct(talk, planned.plan, message('command.guide.ask-shield'))) ?? null;
}

/** Shows the plan, asks, acts. null = the answer was no. */
async function confirmAndAct(talk: Talk, plan: Plan, question: Message): Promise<ExitCode | 'go on' | null> {
  talk.show((page) => {
    layPlan(page, plan, 'brief');
    if (plan.permission) page.say(plan.permission, { indent: 2 });
    page.gap();
  });
  if (!(await isYes(talk, question))) {
    talk.show((page) => page.say(message('command.guide.left')));
    return null;
  }
  const { outcome, code } = await carryOut(talk.desk, talk.engine, plan);
  talk.show((page) => layOutcome(page, outcome, plan.kind, caller(talk.simulate)));
  return outcome.kind === 'done' ? 'go on' : code;
}

/** Whether this PC is patched as far as can be told, and whether the person goes on. */
async function patch(talk: Talk): Promise<boolean> {
  const verdict = await talk.engine.checkAdvisories(null);
  const { vulnerable, untold } = sortedPatches(verdict);
  talk.show((page) => {
    page.heading(message('command.guide.patch'));
    page.say(message('command.guide.install'));
    for (const { id, title, remedy } of vulnerable)
      page.bullet(
        remedy
          ? message('command.guide.not-patched-install', { id, title, remedy })
          : message('command.guide.not-patched', { id, title }),
        'bad',
      );
    for (const { id, because } of untold) page.bullet(message('command.guide.not-known', { id, because }), 'warning');
    for (const problem of verdict.problems) page.say(problem, { tone: 'warning' });
    if (vulnerable.length + untold.length === 0 && verdict.verdicts.length > 0)
      page.say(message('command.guide.all-fixed', { count: verdict.verdicts.length }), { tone: 'good' });
    page.gap();
  });
  return isYes(talk, message('command.guide.ask-patched'));
}

async function offerLift(talk: Talk): Promise<ExitCode> {
  talk.show((page) => page.heading(message('command.guide.lift')));
  const planned = await talk.engine.planLift();
  if (planned.kind !== 'plan') {
    talk.show((page) => layOutcome(page, planned, 'lift', caller(talk.simulate)));
    return exitForOutcome(planned);
  }
  const end = await confirmAndAct(talk, planned.plan, message('command.guide.ask-lift'));
  if (end === null) return exit.done;
  // The door is open again: whether that is well is for the patches to say, as they are now.
  return end === 'go on' ? exitForPatches(await talk.engine.checkAdvisories(null)) : end;
}

function leave({ show, simulate }: Talk): ExitCode {
  show((page) => {
    page.say(message('command.guide.stays'));
    page.say(message('command.guide.then-lift', { command: caller(simulate)('lift') }), { indent: 2 });
  });
  return exit.done;
}

/** Only a clear yes is one. */
async function isYes({ ask }: Talk, question: Message): Promise<boolean> {
  const answer = await ask(message('command.yes-or-no', { question }));
  return answer !== null && isYesWord(answer);
}
