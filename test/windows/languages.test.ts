// Other languages: a Japanese and a Turkish Windows, whose programs print in code pages of their own.
import { beforeEach, describe, expect, it } from 'vitest';
import { WindowsPc } from './bed/windows-pc';
import { germanNetstat, runningService, usualPc } from './real-pcs';

const pc = new WindowsPc();
const policy = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
// The second byte of ポ in Japanese Windows' code page is that of "|", of ソ that of "\".
const name = 'ポートソ共有 – paylaşım ışığı İI';

beforeEach(() => {
  pc.reset();
  pc.importQueried(
    ...usualPc,
    `${policy.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\\FirewallRules\r\n    {11111111-2222-3333-4444-555555555555}    REG_SZ    v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=445|RA4=10.9.0.0/255.255.0.0|Name=${name}|\r\n`,
    `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Shares\r\n    ${name}    REG_MULTI_SZ    Path=C:\\Veri ${name}\\0Type=0\r\n`,
  );
  pc.becomeAdministrator();
  pc.tell('sc', { out: runningService });
  pc.tell('netstat', { out: germanNetstat });
});

describe.each([
  ['Japanese', 'ja_JP.UTF-8', Buffer.from([0x83, 0x7c])],
  ['Turkish', 'tr_TR.UTF-8', Buffer.from([0x8d, 0x9f, 0x8d, 0xa7])],
])('%s Windows', (_, language, inItsCodePage) => {
  it('loses no letter of a rule or a share, and puts a shield up and takes it down', async () => {
    const env = pc.language(language);
    // So this is the code page that its programs print in.
    const { stdoutBytes } = await pc.wine(['C:\\windows\\system32\\reg.exe', 'query', `${policy}\\FirewallRules`], {
      env,
    });
    expect(stdoutBytes.includes(inItsCodePage)).toBe(true);

    const { facts, verdicts } = JSON.parse((await pc.breakwater(['inspect', '--json'], { env })).stdout);
    expect(verdicts.review.verdict).toBe('partly');
    expect(verdicts.review.because.map(({ rule }: { rule: string }) => rule).join()).toContain(`Name=${name}|`);
    expect(facts.servers.value[0].shares).toEqual([{ name, path: `C:\\Veri ${name}`, guest: null, readOnly: null }]);
    const up = JSON.parse((await pc.breakwater(['shield', '--json'], { env })).stdout);
    expect(up.outcome.kind).toBe('done');
    const before = pc.query(policy);
    expect(before).toContain('Breakwater-');
    const down = JSON.parse((await pc.breakwater(['lift', '--json'], { env })).stdout);
    expect(down.outcome.notes).toContain('Our rules are gone; every other rule is as it was.');
  });
});
