// The keeper as a task of Windows' scheduler: the XML that schtasks takes. Pure.

export interface KeeperTask {
  /** Absolute path of the program, in an administrators' folder. */
  readonly program: string;
  /** Its arguments, each without quotes and white space at its ends. */
  readonly args: readonly string[];
}

/** Before the keeper's word where the app itself is what the task runs. */
export const keeperFlag = '--keeper';

/** A folder and a name of our own, so that nothing else is ever replaced. */
export const taskName = '\\Breakwater\\Keeper';

/** `schtasks` arguments: made from the file, or replaced whole. */
export const createTask = (file: string): readonly string[] => ['/create', '/tn', taskName, '/xml', file, '/f'];
export const deleteTask: readonly string[] = ['/delete', '/tn', taskName, '/f'];

/**
 * At start-up, every hour, when the PC wakes (event 1 of Power-Troubleshooter), and when an update has been installed (event 19 of
 * WindowsUpdateClient). As SYSTEM by its SID, since the name is translated. Elements in the order of the Task Scheduler schema 1.2;
 * what is set is what differs from its defaults, which would end the task on battery power.
 */
export function keeperTaskXml({ program, args }: KeeperTask): string {
  return [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    '    <Author>Breakwater</Author>',
    '    <Description>Looks after the shield: puts it back, and lifts it when its end has come. Goes away with it.</Description>',
    '  </RegistrationInfo>',
    '  <Triggers>',
    '    <BootTrigger><Enabled>true</Enabled></BootTrigger>',
    '    <TimeTrigger>',
    '      <Repetition><Interval>PT1H</Interval></Repetition>',
    // Long past, so that the text is always the same: it goes on from there every hour.
    '      <StartBoundary>2020-01-01T00:00:00</StartBoundary>',
    '      <Enabled>true</Enabled>',
    '    </TimeTrigger>',
    eventTrigger('Microsoft-Windows-Power-Troubleshooter', 1),
    eventTrigger('Microsoft-Windows-WindowsUpdateClient', 19),
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author"><UserId>S-1-5-18</UserId><RunLevel>HighestAvailable</RunLevel></Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '    <ExecutionTimeLimit>PT10M</ExecutionTimeLimit>',
    '    <Enabled>true</Enabled>',
    '  </Settings>',
    '  <Actions Context="Author">',
    '    <Exec>',
    `      <Command>${escaped(program)}</Command>`,
    `      <Arguments>${escaped(args.map(quoted).join(' '))}</Arguments>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
    '',
  ].join('\r\n');
}

/** As schtasks reads it: UTF-16 with its mark, as the declaration says; any other mix is refused. */
export function keeperTaskFile(task: KeeperTask): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(keeperTaskXml(task), 'utf16le')]);
}

function eventTrigger(provider: string, id: number): string {
  const query = `<QueryList><Query Id="0" Path="System"><Select Path="System">*[System[Provider[@Name='${provider}'] and EventID=${id}]]</Select></Query></QueryList>`;
  return `    <EventTrigger><Enabled>true</Enabled><Subscription>${escaped(query)}</Subscription></EventTrigger>`;
}

/** By the rules of Windows' own argument reader: a quote inside can't be, and a backslash before the closing one would escape it. */
function quoted(arg: string): string {
  if (/["\r\n]/.test(arg) || arg.endsWith('\\')) throw new Error(`not an argument for a task: ${JSON.stringify(arg)}`);
  return `"${arg}"`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
