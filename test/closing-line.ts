// A vitest reporter whose very last line is "N passed, N failed" (and ", N skipped"), alone on a line, for people and scripts.
import { writeSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Counts tests. A file that could not be loaded, a suite whose set-up failed, and an error outside of any test each count as
 * one failure, so that "0 failed" is never said of a run that failed. Printed when the process ends: nothing comes after it.
 */
export default class ClosingLine implements Reporter {
  #line: string | null = null;

  onInit(): void {
    process.once('exit', () => {
      if (this.#line !== null) writeSync(1, `${this.#line}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let [passed, failed, skipped] = [0, unhandled.length, 0];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state === 'skipped') skipped++;
        else failed++;
      }
      if (module.errors().length > 0) failed++;
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) failed++;
    }
    this.#line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  }
}
