// Runs a program in our place: same terminal, same exit code, signals passed on.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Resolves to the exit code; 128 + the signal's number for a program that a signal ended, as shells have it. */
export function runChild(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    // A terminal sends Ctrl+C to the program as well: passing it on would press it twice.
    const passOn = (signal) => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    const stop = () => {
      for (const signal of signals) process.off(signal, passOn);
    };
    child.once('error', (problem) => {
      stop();
      reject(problem);
    });
    child.once('exit', (code, signal) => {
      stop();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
