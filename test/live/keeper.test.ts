// The keeper under Debian's real systemd (as process 1 of namespaces): wiped rules come back, restarts leave no gap, patches lift.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bed, raiseBed } from './bed/bed';
import { atTheDoor, bootMachine, type Machine } from './bed/machine';

let bed: Bed;
let pc: Machine;
beforeAll(async () => {
  bed = await raiseBed({ smbd: false });
  pc = await bootMachine(bed);
});
afterAll(() => bed?.down());

const door = () => bed.connects(atTheDoor);
async function json(args: readonly string[], expectedCode = 0) {
  const { code, stdout, stderr } = await pc.breakwater([...args, '--json']);
  expect(code, `${args.join(' ')}: ${stdout.slice(0, 3000)}${stderr.slice(0, 2000)}`).toBe(expectedCode);
  return JSON.parse(stdout);
}

describe('probe', () => {
  it('x', async () => {
    expect(await door()).toEqual(['open', 'open']);
    console.time('shield');
    const r = await json(['shield', '--reason', 'CVE-2020-0796']);
    console.timeEnd('shield');
    console.log(JSON.stringify(r, null, 1));
    expect(await door()).toEqual(['refused', 'refused']);
    console.log(
      (
        await pc.run([
          'sh',
          '-c',
          'systemctl list-units "breakwater*" --all; systemctl list-timers; systemd-analyze verify /etc/systemd/system/breakwater*; sleep 3; cat /var/lib/breakwater/status.json; journalctl -b -n 50 --no-pager',
        ])
      ).stdout,
    );
    console.log(await pc.run(['sh', '-c', 'systemd-analyze verify /etc/systemd/system/breakwater*']));
    await pc.must(['nft', 'flush', 'ruleset']);
    const t = Date.now();
    for (;;) {
      const d = await door();
      if (d[0] === 'refused') break;
    }
    console.log('restored after', Date.now() - t);
    console.log(await pc.breakwater(['status'], { user: 65534 }));
    console.log(
      (
        await pc.run([
          'sh',
          '-c',
          'sleep 1; systemctl list-units "breakwater*" --all; journalctl -b -n 50 --no-pager; ls -la /run/breakwater* /var/lib/breakwater; cat /run/breakwater*',
        ])
      ).stdout,
    );
    const hammering = await bed.hammer(atTheDoor);
    await pc.restart('power cut');
    await new Promise((r) => setTimeout(r, 500));
    console.log(await hammering.rest());
    console.log(
      (
        await pc.run([
          'sh',
          '-c',
          'systemctl list-units "breakwater*" --all; journalctl -b -n 50 --no-pager; systemctl show breakwater-restore network-pre.target -p Id -p ActiveEnterTimestampMonotonic; systemd-analyze',
        ])
      ).stdout,
    );
    console.log(JSON.stringify(await json(['lift'])));
    console.log(
      (
        await pc.run([
          'sh',
          '-c',
          'systemctl list-units "breakwater*" --all; ls /etc/systemd/system /etc/systemd/system/*.wants; cat /var/lib/breakwater/status.json',
        ])
      ).stdout,
    );
    expect(await door()).toEqual(['open', 'open']);
  });
});
