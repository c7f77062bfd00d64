// The keeper's units as text.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fitsUnit, keeperUnits } from '../../../../main/host/linux/keeper-units';
import { writableByOthers } from '../../../../main/host/posix/administrators-only';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bw-keeping-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const units = keeperUnits(
  ['/usr/bin/env', 'ELECTRON_RUN_AS_NODE=1', '/opt/b/breakwater', '/opt/b/helper.js'],
  '/var/lib/b',
);
const textOf = (name: string): string => units.find((unit) => unit.name === name)?.text ?? '';

describe("the keeper's units", () => {
  it('run the program that is installed, with one plain word', () => {
    const run = '/usr/bin/env ELECTRON_RUN_AS_NODE=1 /opt/b/breakwater /opt/b/helper.js';
    expect(textOf('breakwater-keeper.service')).toContain(`\nExecStart=${run} keep\n`);
    expect(textOf('breakwater-restore.service')).toContain(`\nExecStart=${run} restore\nExecReload=${run} restore\n`);
  });

  it('start or alter no unit of somebody else', () => {
    for (const { text } of units) {
      const others = [...text.matchAll(/^(Requires|Wants|BindsTo|Requisite|Upholds|OnFailure|OnSuccess)=(.*)$/gm)];
      // A target that stands for a moment only (systemd.special(7), network-pre.target).
      expect(others.map(([line]) => line).filter((line) => line !== 'Wants=network-pre.target')).toEqual([]);
      // Nothing but the one reload of our own that the watch asks for.
      for (const [, asked] of text.matchAll(/systemctl ([^;\n]*)/g))
        expect(asked).toBe('--no-block reload-or-restart breakwater-restore.service');
    }
  });

  it('put the rules back before there is a network, after the tools that load rules of their own', () => {
    const text = textOf('breakwater-restore.service');
    expect(text).toMatch(/^Before=network-pre\.target /m);
    expect(text).toMatch(/^After=.*\bnftables\.service ufw\.service firewalld\.service$/m);
    expect(text).toContain('\nPartOf=nftables.service\nReloadPropagatedFrom=nftables.service\n');
  });

  describe('the watch', () => {
    const script = /^ExecStart=\/bin\/sh -c '(.*)'$/m.exec(textOf('breakwater-watch.service'))?.[1] ?? '';
    /** Runs it with programs that stand in for nft and systemctl; gives what systemctl was asked, and what nft was. */
    function hear(events: readonly string[], isThere: boolean): { readonly asked: string[]; readonly nft: string[] } {
      const program = (name: string, ...lines: readonly string[]): string => {
        const path = join(folder, name);
        writeFileSync(path, ['#!/bin/sh', `echo "$@" >> '${path}.ran'`, ...lines, ''].join('\n'));
        chmodSync(path, 0o755);
        return path;
      };
      writeFileSync(join(folder, 'events'), events.map((line) => `${line}\n`).join(''));
      const nft = program('nft', `case $1 in monitor) cat '${folder}/events';; *) exit ${isThere ? 0 : 1};; esac`);
      const systemctl = program('systemctl');
      const here = script
        .replaceAll('$$', '$')
        .replaceAll('/usr/sbin/nft', nft)
        .replaceAll('/usr/bin/systemctl', systemctl);
      execFileSync('/bin/sh', ['-c', here]);
      const ran = (path: string) =>
        existsSync(`${path}.ran`) ? readFileSync(`${path}.ran`, 'utf8').trim().split('\n') : [];
      return { asked: ran(systemctl), nft: ran(nft) };
    }
    const reload = '--no-block reload-or-restart breakwater-restore.service';
    const gone = 'delete table inet breakwater';

    it('runs what nft 1.0 and 1.1 take, and writes to no file', () => {
      expect(hear([], true).nft).toEqual(['monitor tables']);
      expect(script.replaceAll('>/dev/null 2>&1', '')).not.toMatch(/>/);
      expect(textOf('breakwater-watch.service')).not.toMatch(/^Standard(Output|Error)=/m);
    });

    it.each([
      ['our table is gone', [gone], false, [reload]],
      ['it is called destroyed', ['destroy table inet breakwater'], false, [reload]],
      ['nft lost events', ['# ERROR: We lost some netlink events!'], false, [reload]],
      ['it goes twice', [gone, 'add table inet breakwater', gone], false, [reload, reload]],
      [
        'our table was replaced in one step',
        ['add table inet breakwater', gone, 'add table inet breakwater'],
        true,
        [],
      ],
      ['a table was added', ['add table inet breakwater', 'add table ip filter'], false, []],
      ['another table is gone', ['delete table ip filter', 'delete table ip breakwater'], false, []],
      ['a table has a longer name', ['delete table inet breakwater2'], false, []],
      ['rules changed', ['# new generation 7 by process 12 (nft)'], false, []],
    ])('asks for a restore only where our table is not there: %s', (_, events, isThere, asked) => {
      expect(hear(events, isThere).asked).toEqual(asked);
    });
  });

  it('join exactly the targets that their own text names', () => {
    for (const { text, wantedBy } of units) expect(/^WantedBy=(.*)$/m.exec(text)?.[1] ?? null).toBe(wantedBy);
  });

  it('hand a path with spaces on as one word, and take none that systemd would understand otherwise', () => {
    const [restore] = keeperUnits(['/opt/Break water/node', '/opt/Break water/ä/helper.js'], '/var/lib/b');
    expect(restore?.text).toContain('ExecStart="/opt/Break water/node" "/opt/Break water/ä/helper.js" restore\n');
    expect(restore?.text).toContain('\nConditionPathExists=/opt/Break water/node\n');
    for (const path of ['/opt/Break water/ä', '/opt/a-b_c+d@e,f(g)=h~']) expect(fitsUnit(path)).toBe(true);
    for (const odd of ['"', "'", '\\', '%', '$', '\n', '\t', '\x7f', '\0'])
      expect(fitsUnit(`/opt/a${odd}b`)).toBe(false);
  });
});

describe('a program that others could have written', () => {
  it('is told by the part of its path that lets them', () => {
    const inside = join(folder, 'a', 'b');
    mkdirSync(inside, { recursive: true });
    const path = join(inside, 'helper.js');
    writeFileSync(path, '');
    const isRoot = process.getuid?.() === 0;
    if (isRoot) expect(writableByOthers(path)).toBeNull();
    chmodSync(join(folder, 'a'), 0o777);
    expect(writableByOthers(path)).toBe(isRoot ? join(folder, 'a') : path);
    chmodSync(join(folder, 'a'), 0o755);
    symlinkSync(path, join(folder, 'link'));
    expect(writableByOthers(join(folder, 'link'))).toBe(join(folder, 'link'));
    expect(writableByOthers(join(folder, 'nothing'))).toBe(join(folder, 'nothing'));
  });
});
