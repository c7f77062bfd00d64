// Walks through a self-test: looks, asks, shuts the door, has it tried from outside, and opens it again.

import { type Message, message, type Words } from '../../model/message';
import { messageOf } from '../../model/message-error';
import type { Outcome } from '../../model/outcome';
import type { Plan } from '../../model/plan';
import type { Report } from '../../model/report';
import type { Wish } from '../../model/shield';
import { type ExitCode, exit, exitForOutcome } from '../exit-codes';

import { doorSentence, shieldSentence } from '../pages/words';
import {
  differences,
  keeperExpected,
  keeperLines,
  managerLines,
  networkLines,
  outcomeLines,
  ownAddress,
  planLines,
  reportLines,
} from './lines';
import { isYes, Left, Notebook, type NotebookParts } from './notebook';

/** Everybody is shut out, until the self-test itself opens the door again. */
const wish: Wish = {
  ...{ allow: { ipv4: [], ipv6: [] }, outbound: false, reason: null, until: null },
  ...{ atEnd: 'extend', workarounds: [] },
};

/** Never leaves a shield of its own up: whatever goes wrong, it is taken down, or the record says that it could not be. */
export async function walk(parts: NotebookParts): Promise<ExitCode> {
  const { desk, path } = parts;
  const walker = new Walker(parts);
  try {
    return await walker.all();
  } finally {
    desk.terminal.tell(message('self-test.written', { path }));
  }
}

class Walker {
  readonly #parts: NotebookParts;
  readonly #notes: Notebook;
  /** From the moment a shield may be up on: a Ctrl-C does not leave any more. */
  #endChange: ((code: ExitCode) => void) | null = null;
  #mayBeUp = false;

  constructor(parts: NotebookParts) {
    this.#parts = parts;
    this.#notes = new Notebook(parts);
  }

  async all(): Promise<ExitCode> {
    let code: ExitCode = exit.unknown;
    try {
      code = await this.#steps();
    } catch (error) {
      const why = messageOf(error);
      code = this.#mayBeUp ? await this.#undo(why) : exit.undone;
      this.#notes.end('stopped', why);
      const { terminal } = this.#parts.desk;
      terminal.tell(error instanceof Left ? message('self-test.stopped') : message('command.failed', { why }));
      if (!this.#mayBeUp) terminal.tell(message('self-test.as-it-was'));
    } finally {
      this.#endChange?.(code);
    }
    return code;
  }

  async #steps(): Promise<ExitCode> {
    const { engine } = this.#parts;
    const notes = this.#notes;
    const before = await this.#look();
    const { facts, verdicts } = before;
    const isWindows = facts.system.state === 'known' && facts.system.value.platform === 'windows';
    const connects = ({ open: 'yes', closed: 'no', unknown: null } as const)[verdicts.door.state];
    const address = ownAddress(before);
    if (isWindows) await notes.asked('networks', 'yes', networkLines(before));
    await notes.asked('firewalls', 'no', managerLines(before));
    await notes.asked('before', connects, [doorSentence(verdicts.door, verdicts.shield).text], address);
    await notes.asked('opened', null, []);

    const planned = await engine.planShield(wish);
    await notes.step('plan', async () => {
      const saw = planned.kind === 'plan' ? planLines(planned.plan) : outcomeLines(planned, 'shield');
      notes.tell(saw);
      return { result: planned.kind === 'plan' ? 'as-expected' : 'noted', saw };
    });
    if (planned.kind !== 'plan') {
      notes.end('stopped', message('self-test.not-planned'));
      return exitForOutcome(planned);
    }
    const raised = await this.#raise(planned.plan);
    if (raised.kind !== 'done') {
      this.#mayBeUp = raised.kind === 'failed-left' || raised.kind === 'unknown';
      notes.end('stopped', message('self-test.not-up'));
      return exitForOutcome(raised);
    }
    await this.#behindShield(planned.plan, isWindows, address);
    const lifted = await this.#lift([]);
    if (lifted.kind !== 'done') {
      notes.end('stopped', message('self-test.not-lifted'));
      return exitForOutcome(lifted);
    }
    await notes.asked('after', connects, differences(before, await this.#inspect()), address);
    notes.end('complete', null);
    if (!notes.isAsExpected) return exit.badNews;
    return notes.isWritten ? exit.done : exit.unknown;
  }

  async #look(): Promise<Report> {
    const report = await this.#inspect();
    await this.#notes.step('pc', async () => {
      const saw = reportLines(report);
      this.#notes.tell(saw);
      return { saw };
    });
    return report;
  }

  async #inspect(): Promise<Report> {
    const { engine, desk } = this.#parts;
    const endProgress = desk.terminal.progress(message('command.progress.looking'));
    const report = await engine.inspect({ signal: desk.interrupts.signal });
    endProgress();
    return report;
  }

  async #raise(plan: Plan): Promise<Outcome> {
    let outcome: Outcome | null = null;
    await this.#notes.step('shield', async ({ question }) => {
      if (
        this.#parts.ask !== null &&
        !isYes(await this.#notes.answerTo(message('command.yes-or-no', { question: question?.('') ?? '' })))
      )
        throw new Left();
      this.#endChange = this.#parts.desk.interrupts.beginChange();
      this.#mayBeUp = true;
      outcome = await this.#carryOut(plan);
      const saw = outcomeLines(outcome, 'shield');
      this.#notes.tell(saw);
      return { result: outcome.kind === 'done' ? 'as-expected' : 'not-as-expected', saw };
    });
    return ended(outcome);
  }

  async #behindShield({ permission }: Plan, isWindows: boolean, address: Words): Promise<void> {
    const notes = this.#notes;
    await notes.step('permission', async ({ question }) => ({
      saw: [permission ?? message('self-test.no-permission')],
      answer: permission === null ? null : await notes.answerTo(question?.('') ?? ''),
    }));
    if (isWindows) {
      const report = await this.#inspect();
      await notes.asked('rules', 'yes', []);
      await notes.asked('keeper', keeperExpected(report), keeperLines(report));
    }
    await notes.asked('shut', 'no', [], address);
    await notes.asked('kept', null, []);
    await notes.step('status', async () => {
      const { shield } = await this.#parts.engine.status();
      const saw = [shieldSentence(shield).text, ...shield.because];
      notes.tell(saw);
      const isStanding = ['up', 'kept', 'recorded'].includes(shield.state);
      return { result: isStanding ? 'as-expected' : 'not-as-expected', saw };
    });
  }

  async #lift(before: readonly Words[]): Promise<Outcome> {
    let outcome: Outcome | null = null;
    await this.#notes.step('lift', async () => {
      const planned = await this.#parts.engine.planLift();
      outcome = planned.kind === 'plan' ? await this.#carryOut(planned.plan) : planned;
      const saw = [...before, ...outcomeLines(outcome, 'lift')];
      this.#notes.tell(saw);
      return { result: outcome.kind === 'done' ? 'as-expected' : 'not-as-expected', saw };
    });
    const end = ended(outcome);
    this.#mayBeUp = end.kind !== 'done';
    return end;
  }

  /** After something went wrong, or the person left. */
  async #undo(why: Message): Promise<ExitCode> {
    try {
      const outcome = await this.#lift([message('self-test.taken-down', { why })]);
      return outcome.kind === 'done' ? exit.undone : exitForOutcome(outcome);
    } catch (error) {
      this.#parts.desk.terminal.tell(message('self-test.not-taken-down', { why: messageOf(error) }));
      return exit.left;
    }
  }

  /** Not ended by a Ctrl-C: what has begun is finished. */
  #carryOut(plan: Plan): Promise<Outcome> {
    const { desk, engine } = this.#parts;
    if (plan.permission !== null) desk.terminal.tell(plan.permission);
    return engine.carryOut(plan, {});
  }
}

function ended(outcome: Outcome | null): Outcome {
  if (outcome === null) throw new Error('a change has no end');
  return outcome;
}
