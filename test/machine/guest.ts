// A virtual machine: started, talked to over its serial console, reset, put to sleep, taken back to how it was.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectMonitor, type Monitor } from './monitor';

interface Ended {
  readonly code: number;
  /** Standard output and error, as they came. */
  readonly output: string;
}

export interface Guest {
  readonly monitor: Monitor;
  /** Runs a line of shell as root; rejects when it is not done within `patience` milliseconds (default two minutes). */
  run(line: string, patience?: number): Promise<Ended>;
  /** The same; rejects where it ends with another code than 0, and gives what it printed. */
  must(line: string, patience?: number): Promise<string>;
  /** Runs a line that ends the talk (a reboot, a suspend): does not wait for its end. */
  send(line: string): void;
  /** Waits for a shell after a start; rejects after `patience` milliseconds. */
  login(patience?: number): Promise<void>;
  /** Keeps the machine as it is now, memory and disk. */
  keep(name: string): Promise<void>;
  /** Takes it back to what `keep` kept. */
  takeBack(name: string): Promise<void>;
  /** Ends it as if the power had failed. */
  end(): Promise<void>;
}

/** Where make-guest.sh put kernel, initramfs and disk. */
const folder = process.env.GUEST ?? '';

/** Starts a machine as it was made, with further words for its kernel; one at a time. Resolves when all its units have started. */
export async function startGuest(kernelWords: readonly string[] = []): Promise<Guest> {
  if (folder === '') throw new Error('There is no virtual machine here: run npm run test:machine.');
  const place = `${folder}/run-${Date.now()}`;
  mkdirSync(place);
  const disk = `${place}/disk.qcow2`;
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', `${folder}/disk.qcow2`, disk]);
  const argv = [
    // Suspend to memory works with this one, and one processor.
    ...['-machine', 'pc', '-smp', '1', '-m', '1024'],
    ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-nodefaults', '-no-user-config', '-display', 'none'],
    ...['-kernel', `${folder}/vmlinuz`, '-initrd', `${folder}/initrd.img`],
    '-append',
    ['root=/dev/vda rw console=ttyS0 quiet mitigations=off net.ifnames=0', ...kernelWords].join(' '),
    ...['-drive', `file=${disk},if=virtio,format=qcow2`],
    ...['-netdev', 'tap,id=n0,ifname=tap0,script=no,downscript=no', '-device', 'virtio-net-pci,netdev=n0'],
    ...['-chardev', `socket,id=c,path=${place}/console,server=on,wait=off`, '-serial', 'chardev:c'],
    ...['-qmp', `unix:${place}/monitor,server=on,wait=off`],
  ];
  const machine = spawn('qemu-system-x86_64', argv, { stdio: ['ignore', 'inherit', 'inherit'] });
  const shell = new Shell(await connected(`${place}/console`, machine));
  const monitor = await connectMonitor(`${place}/monitor`);
  await shell.login(300_000);
  const run: Guest['run'] = (line, patience = 120_000) => shell.run(line, patience);
  return {
    monitor,
    run,
    must: async (line, patience) => {
      const { code, output } = await run(line, patience);
      if (code !== 0) throw new Error(`${line}: exit ${code}. ${output}`);
      return output;
    },
    send: (line) => shell.send(line),
    login: (patience = 300_000) => shell.login(patience),
    keep: (name) => monitor.type(`savevm ${name}`),
    takeBack: (name) => monitor.type(`loadvm ${name}`),
    end: async () => {
      if (machine.exitCode !== null || machine.signalCode !== null) return;
      const gone = new Promise((resolve) => machine.once('exit', resolve));
      machine.kill('SIGKILL');
      await gone;
    },
  };
}

async function connected(path: string, machine: ChildProcess): Promise<Socket> {
  const end = Date.now() + 20_000;
  for (;;) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        const socket = connect(path);
        socket.once('connect', () => resolve(socket));
        socket.once('error', reject);
      });
    } catch (problem) {
      if (Date.now() > end || machine.exitCode !== null) throw problem;
      await sleep(50);
    }
  }
}

/** A shell on a serial line: each line's end and exit code are told by a mark that is not in what was typed. */
class Shell {
  readonly #socket: Socket;
  #heard = '';
  #wake = (): void => {};
  #count = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.#heard += text;
      this.#wake();
    });
  }

  send(line: string): void {
    this.#socket.write(`${line}\n`);
  }

  async login(patience: number): Promise<void> {
    await this.#until(/root@\S+:~# /, patience);
    const quiet = "stty -echo; export PS1='' PS2='' TERM=dumb LC_ALL=C.UTF-8 SYSTEMD_COLORS=0 SYSTEMD_PAGER=cat";
    this.send(`${quiet}; bind 'set enable-bracketed-paste off' 2>/dev/null; dmesg -n 1; echo LOG''GED`);
    await this.#until(/LOGGED\r?\n/, 60_000);
  }

  async run(line: string, patience: number): Promise<Ended> {
    const mark = `__${process.pid}_${++this.#count}__`;
    this.send(`{ ${line}\n} </dev/null 2>&1; echo ${mark}''$?__END`);
    const [output, code] = await this.#until(new RegExp(`${mark}(\\d+)__END\\r?\\n`), patience);
    return { code: Number(code), output: output.replaceAll('\r', '') };
  }

  /** What came before, and what the expression's group caught. */
  async #until(pattern: RegExp, patience: number): Promise<readonly [before: string, caught: string]> {
    const end = Date.now() + patience;
    for (;;) {
      const found = pattern.exec(this.#heard);
      if (found) {
        const before = this.#heard.slice(0, found.index);
        this.#heard = this.#heard.slice(found.index + found[0].length);
        return [before, found[1] ?? ''];
      }
      if (Date.now() > end)
        throw new Error(`not seen on the console within ${patience / 1000} s: ${pattern}. ${this.#heard.slice(-2000)}`);
      await Promise.race([
        sleep(500),
        new Promise<void>((resolve) => {
          this.#wake = resolve;
        }),
      ]);
    }
  }
}
