// `shield` and `lift`: the plan, the change, and how it ended.

import type { Engine, Planned } from '../../engine/engine';
import { message } from '../../model/message';
import type { Outcome } from '../../model/outcome';
import type { Plan } from '../../model/plan';
import { type Options, UsageError } from '../arguments';
import type { Desk } from '../context';
import { outcomeDocument, planDocument, type Stamp } from '../documents';
import { type ExitCode, exit, exitForOutcome } from '../exit-codes';
import { layOutcome, layPlan } from '../pages/plan';
import { caller } from '../pages/words';

export async function shield(desk: Desk, options: Options): Promise<ExitCode> {
  const engine = await desk.openEngine();
  const { parseWish } = await import('../../engine/shield/shield-request');
  const { allow, outbound, until, atEnd, reason, workarounds } = options;
  const parsed = parseWish({ allow, outbound, until, atEnd, reason, workarounds }, engine.now());
  if (parsed.kind === 'bad') throw new UsageError(parsed.why);
  return planAndAct(desk, options, engine, 'shield', await engine.planShield(parsed.wish));
}

export async function lift(desk: Desk, options: Options): Promise<ExitCode> {
  const engine = await desk.openEngine();
  return planAndAct(desk, options, engine, 'lift', await engine.planLift());
}

/**
 * Carries the plan out, saying on stderr what it waits for. After a Ctrl-C, "no permission" means that the person has stopped it:
 * exit 4, all is as it was.
 */
export async function carryOut(
  desk: Desk,
  engine: Engine,
  plan: Plan,
): Promise<{ readonly outcome: Outcome; readonly code: ExitCode }> {
  const { terminal, interrupts } = desk;
  let endProgress = (): void => undefined;
  const endChange = interrupts.beginChange();
  let code: ExitCode = exit.unknown;
  try {
    const outcome = await engine.carryOut(plan, {
      signal: interrupts.signal,
      onStep(step) {
        endProgress();
        if (step === 'asking-permission' && plan.permission) terminal.tell(plan.permission);
        endProgress = terminal.progress(steps[step]);
      },
    });
    const isStopped = interrupts.signal.aborted && outcome.kind === 'not-permitted';
    code = isStopped ? exit.undone : exitForOutcome(outcome);
    return { outcome, code };
  } finally {
    endProgress();
    endChange(code);
  }
}

const steps = {
  'asking-permission': message('command.progress.permission'),
  changing: message('command.progress.changing'),
  'reading-again': message('command.progress.reading-again'),
} as const;

async function planAndAct(
  desk: Desk,
  { json, dryRun, simulate }: Options,
  engine: Engine,
  act: Plan['kind'],
  planned: Planned,
): Promise<ExitCode> {
  const { terminal } = desk;
  const stamp = (): Stamp => ({ at: engine.now().toISOString(), simulated: engine.simulated });
  const show = (outcome: Outcome): void => {
    if (json) terminal.printJson(outcomeDocument(stamp(), act, outcome));
    else terminal.show((page) => layOutcome(page, outcome, act, caller(simulate)));
  };
  if (planned.kind !== 'plan') {
    show(planned);
    return exitForOutcome(planned);
  }
  const { plan } = planned;
  if (dryRun) {
    if (json) terminal.printJson(planDocument(stamp(), plan));
    else
      terminal.show((page) => {
        layPlan(page, plan, 'whole');
        page.gap();
        page.say(message('command.dry-run'), { tone: 'strong' });
      });
    return exit.done;
  }
  if (plan.changes.length === 0) {
    // Nobody is asked for permission to change nothing.
    const { shield: standing } = await engine.status();
    show({ kind: 'done', unchanged: true, shield: standing, notes: plan.effects });
    return exit.done;
  }
  if (!json)
    terminal.show((page) => {
      layPlan(page, plan, 'brief');
      page.gap();
    });
  const { outcome, code } = await carryOut(desk, engine, plan);
  show(outcome);
  return code;
}
