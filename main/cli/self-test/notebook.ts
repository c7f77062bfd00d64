// One self-test as it goes on: shows each step, puts its question, and has the record written after it.
import type { Engine } from '../../engine/engine';
import { type Message, message, type Words } from '../../model/message';
import { MessageError, messageOf } from '../../model/message-error';
import { isNoWord, isYesWord } from '../answer-words';
import type { Desk } from '../context';
import { type Check, type CheckId, checks } from './checks';
import { type SelfTestRecord, type StepRecord, writeRecord } from './record';

/** Thrown where the person has left. */
export class Left extends MessageError {
  constructor() {
    super(message('self-test.person-left'));
  }
}

export interface Seen {
  /** Absent = noted. */
  readonly result?: StepRecord['result'];
  readonly saw: readonly Words[];
  readonly answer?: string | null;
}

export interface NotebookParts {
  readonly desk: Desk;
  readonly engine: Engine;
  /** null = nobody is asked, and every answer is "not told". */
  readonly ask: Desk['ask'];
  /** Where the record is written. */
  readonly path: string;
  readonly version: string;
}

export class Notebook {
  readonly #parts: NotebookParts;
  #record: SelfTestRecord;
  /** Said once: a shield that is up must come down, whether or not that can be written. */
  #isUnwritable = false;

  constructor(parts: NotebookParts) {
    const { engine, version } = parts;
    this.#parts = parts;
    const at = engine.now().toISOString();
    const schema = 'breakwater/self-test@1';
    this.#record = { schema, at, version, simulated: engine.simulated, steps: [], ended: null };
    writeRecord(parts.path, this.#record);
  }

  /** Whether all that was seen is in the file. */
  get isWritten(): boolean {
    return !this.#isUnwritable;
  }

  get isAsExpected(): boolean {
    return this.#record.steps.every(({ result }) => result !== 'not-as-expected');
  }

  async step(id: CheckId, look: (check: Check) => Promise<Seen>): Promise<void> {
    const { terminal } = this.#parts.desk;
    const check: Check = checks[id];
    const { title } = check;
    terminal.show((page) => page.heading(title));
    const [at, began] = [this.#now(), performance.now()];
    const { result = 'noted', saw, answer = null } = await look(check);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const step: StepRecord = { check: id, title, at, seconds, result, saw, answer };
    this.#record = { ...this.#record, steps: [...this.#record.steps, step] };
    this.#write();
    if (result === 'not-as-expected')
      terminal.show((page) => page.say(message('self-test.not-as-expected'), { indent: 2, tone: 'bad' }));
  }

  /** A question with yes or no. `expected` null = any answer is of interest. `address`: of this PC. */
  asked(id: CheckId, expected: 'yes' | 'no' | null, saw: readonly Words[], address: Words = ''): Promise<void> {
    return this.step(id, async ({ question }) => {
      this.tell(saw);
      const answer = await this.answerTo(
        message('self-test.yes-no-or-nothing', { question: question?.(address) ?? '' }),
      );
      if (answer === null) return { result: 'not-told', saw };
      const word = isYes(answer) ? 'yes' : isNoWord(answer) ? 'no' : null;
      const isNote = word === null || expected === null;
      return { result: isNote ? 'noted' : word === expected ? 'as-expected' : 'not-as-expected', saw, answer };
    });
  }

  /** null = nobody is asked, or nothing was typed. Throws `Left`. */
  async answerTo(question: Words): Promise<string | null> {
    const { ask, desk } = this.#parts;
    if (ask === null) return null;
    const answer = await ask(message('command.question', { question }));
    if (answer === null || desk.interrupts.signal.aborted) throw new Left();
    return answer.trim() || null;
  }

  tell(lines: readonly Words[]): void {
    this.#parts.desk.terminal.show((page) => {
      for (const line of lines) page.say(line, { indent: 2 });
    });
  }

  end(how: 'complete' | 'stopped', why: Message | null): void {
    this.#record = { ...this.#record, ended: { at: this.#now(), how, why } };
    this.#write();
  }

  #now(): string {
    return this.#parts.engine.now().toISOString();
  }

  #write(): void {
    try {
      writeRecord(this.#parts.path, this.#record);
    } catch (error) {
      if (!this.#isUnwritable)
        this.#parts.desk.terminal.tell(message('self-test.not-written', { why: messageOf(error) }));
      this.#isUnwritable = true;
    }
  }
}

export const isYes = (answer: string | null): boolean => answer !== null && isYesWord(answer);
