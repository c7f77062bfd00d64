// The keeper's task as schtasks reads it.
// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { createTask, keeperTaskFile, keeperTaskXml } from '../../../../main/host/windows/keeper-task';

const task = {
  program: 'C:\\Program Files\\Breakwater\\node.exe',
  args: ['C:\\Program Files\\Tom & Jerry <2>\\helper.js', 'keep'],
};

function parsed(): Document {
  return new DOMParser().parseFromString(keeperTaskXml(task).replace(/^<\?xml.*\?>/, ''), 'text/xml');
}

describe("the keeper's task", () => {
  const text = (path: string): string | undefined => parsed().querySelector(path)?.textContent ?? undefined;

  it('is well-formed XML in the order of the schema', () => {
    const root = parsed().documentElement;
    expect(root.namespaceURI).toBe('http://schemas.microsoft.com/windows/2004/02/mit/task');
    expect([...root.children].map(({ localName }) => localName)).toEqual([
      'RegistrationInfo',
      'Triggers',
      'Principals',
      'Settings',
      'Actions',
    ]);
  });

  it('runs as SYSTEM by its SID, at the start, every hour, on waking and after an update', () => {
    expect(text('Principal > UserId')).toBe('S-1-5-18');
    expect(text('Principal > RunLevel')).toBe('HighestAvailable');
    expect([...parsed().querySelectorAll('Triggers > *')].map(({ localName }) => localName)).toEqual([
      'BootTrigger',
      'TimeTrigger',
      'EventTrigger',
      'EventTrigger',
    ]);
    expect(text('TimeTrigger > Repetition > Interval')).toBe('PT1H');
    expect(parsed().querySelector('Repetition > Duration')).toBeNull();
    const events = [...parsed().querySelectorAll('Subscription')].map((one) => one.textContent ?? '');
    expect(events[0]).toContain("*[System[Provider[@Name='Microsoft-Windows-Power-Troubleshooter'] and EventID=1]]");
    expect(events[1]).toContain("*[System[Provider[@Name='Microsoft-Windows-WindowsUpdateClient'] and EventID=19]]");
  });

  it('goes on, on battery power too, and never twice at once', () => {
    expect(text('DisallowStartIfOnBatteries')).toBe('false');
    expect(text('StopIfGoingOnBatteries')).toBe('false');
    expect(text('StartWhenAvailable')).toBe('true');
    expect(text('MultipleInstancesPolicy')).toBe('IgnoreNew');
    expect(text('ExecutionTimeLimit')).toBe('PT10M');
  });

  it('runs the program itself by its absolute path, each argument in quotes', () => {
    expect(text('Command')).toBe(task.program);
    expect(text('Arguments')).toBe('"C:\\Program Files\\Tom & Jerry <2>\\helper.js" "keep"');
    expect(() => keeperTaskXml({ ...task, args: ['a"b'] })).toThrow();
    expect(() => keeperTaskXml({ ...task, args: ['C:\\folder\\'] })).toThrow();
  });

  it('is UTF-16 with its mark, as its first line says', () => {
    const bytes = keeperTaskFile(task);
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(new TextDecoder('utf-16le').decode(bytes)).toMatch(/^<\?xml version="1.0" encoding="UTF-16"\?>\r\n<Task /);
    expect(createTask('C:\\x.xml')).toEqual(['/create', '/tn', '\\Breakwater\\Keeper', '/xml', 'C:\\x.xml', '/f']);
  });
});
