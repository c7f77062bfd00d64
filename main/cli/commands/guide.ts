// `guide`: the four steps in the terminal, in plain questions: Check, Shield, Patch, Lift.
import type { Engine } from '../../engine/engine';
import type { Plan } from '../../model/plan';
import type { Report } from '../../model/report';
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
  if (!ask)
    throw new UsageError('guide asks questions and needs a terminal; without one use inspect, shield and lift.');
  const engine = await desk.openEngine();
  const show: Talk['show'] = (lay) =>
    desk.terminal.show((page) => {
      lay(page);
      page.gap();
    });
  const talk: Talk = { desk, engine, simulate, ask, show };

  talk.show((page) => {
    page.say('Four steps: Check, Shield, Patch, Lift.', { tone: 'strong' });
    page.say('You can leave at any question with Ctrl-C or by answering "q". Nothing is changed without a yes.');
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
  readonly ask: (question: string) => Promise<string | null>;
  readonly show: (lay: (page: Page) => void) => void;
}

async function check({ desk, engine, simulate, show }: Talk): Promise<Report> {
  show((page) => page.heading('Step 1 of 4: Check'));
  const endProgress = desk.terminal.progress('looking at this PC ...');
  const report = await engine.inspect({ signal: desk.interrupts.signal });
  endProgress();
  show((page) => {
    const { text, tone } = doorSentence(report.verdicts.door, report.verdicts.shield);
    page.say(text, { tone });
    for (const because of report.verdicts.door.because) page.say(because, { indent: 2 });
    if (report.verdicts.shield.state !== 'none') layShield(page, report.verdicts.shield, caller(simulate));
    page.gap();
    page.say(`All the details: ${caller(simulate)('inspect')}`, { tone: 'dim' });
  });
  return report;
}

/** "go on" = a shield is up; a code = how a change ended; null = no shield was wanted. */
async function offerShield(talk: Talk, report: Report): Promise<ExitCode | 'go on' | null> {
  talk.show((page) => page.heading('Step 2 of 4: Shield'));
  if (report.verdicts.shield.state === 'up' || report.verdicts.shield.state === 'kept') {
    talk.show((page) => page.say('The shield is up already.'));
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
  return (await confirmAndAct(talk, planned.plan, 'Shut the door now?')) ?? null;
}

/** Shows the plan, asks, acts. null = the answer was no. */
async function confirmAndAct(talk: Talk, plan: Plan, question: string): Promise<ExitCode | 'go on' | null> {
  talk.show((page) => {
    layPlan(page, plan, 'brief');
    if (plan.permission) page.say(plan.permission, { indent: 2 });
    page.gap();
  });
  if (!(await isYes(talk, question))) {
    talk.show((page) => page.say('Left. Nothing was changed.'));
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
    page.heading('Step 3 of 4: Patch');
    page.say("Install the updates for this PC's system now, and restart if they ask for it.");
    for (const { id, title, remedy } of vulnerable)
      page.bullet(`Not patched: ${id}, ${title}${remedy ? `. Install: ${remedy}` : ''}`, 'bad');
    for (const { id, because } of untold) page.bullet(`Not known: ${id}. ${because}`, 'warning');
    for (const problem of verdict.problems) page.say(problem, { tone: 'warning' });
    if (vulnerable.length + untold.length === 0 && verdict.verdicts.length > 0)
      page.say(`Patched for, or not affected by, all ${verdict.verdicts.length} known holes.`, { tone: 'good' });
    page.gap();
  });
  return isYes(talk, 'Is the patch that you need installed, so that the door may be opened again?');
}

async function offerLift(talk: Talk): Promise<ExitCode> {
  talk.show((page) => page.heading('Step 4 of 4: Lift'));
  const planned = await talk.engine.planLift();
  if (planned.kind !== 'plan') {
    talk.show((page) => layOutcome(page, planned, 'lift', caller(talk.simulate)));
    return exitForOutcome(planned);
  }
  const end = await confirmAndAct(talk, planned.plan, 'Open the door again?');
  if (end === null) return exit.done;
  // The door is open again: whether that is well is for the patches to say, as they are now.
  return end === 'go on' ? exitForPatches(await talk.engine.checkAdvisories(null)) : end;
}

function leave({ show, simulate }: Talk): ExitCode {
  show((page) => {
    page.say('The shield stays up until then.');
    page.say(`Once the patch is in: ${caller(simulate)('lift')}`, { indent: 2 });
  });
  return exit.done;
}

/** Only a clear yes is one. */
async function isYes({ ask }: Talk, question: string): Promise<boolean> {
  const answer = await ask(`${question} [yes/no] `);
  return answer !== null && /^(y|yes)$/i.test(answer.trim());
}
