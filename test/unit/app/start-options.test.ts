import { expect, test } from 'vitest';
import { parseStartOptions } from '../../../main/app/start-options';

const parse = (...args: readonly string[]) => parseStartOptions(['/opt/electron', '--no-sandbox', '/opt/app', ...args]);

test('without arguments of ours it is this PC', () => {
  expect(parse()).toEqual({ simulate: null, reportPaint: false });
});

test('the name of a simulated PC may follow or be joined by an equals sign', () => {
  expect(parse('--simulate', 'windows-office').simulate).toBe('windows-office');
  expect(parse('--simulate=windows-office', '--report-paint')).toEqual({
    simulate: 'windows-office',
    reportPaint: true,
  });
});

test.each([[[]], [['']], [['--report-paint']], [['../../etc']], [['A B']], [['x'.repeat(65)]]])(
  'a name that can be none (%j) is refused, never taken for this PC',
  (rest) => {
    expect(() => parse('--simulate', ...rest)).toThrow(/--simulate needs the name of a simulated PC/);
    expect(() => parse(`--simulate=${rest.join()}`)).toThrow(/--simulate needs/);
  },
);
