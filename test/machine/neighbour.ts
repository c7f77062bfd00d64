// A neighbour of the virtual machine who tries its TCP 445 all the time, over IPv4 and IPv6.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Met = 'open' | 'refused' | 'silent' | 'unreachable';

const addresses = ['10.88.0.2', 'fd88::2'] as const;

/** One try: silent = no answer within `patience` milliseconds. */
function tryDoor(address: string, patience = 1500): Promise<Met> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: 445 });
    const end = (met: Met): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(met);
    };
    const timer = setTimeout(() => end('silent'), patience);
    socket.once('connect', () => end('open'));
    socket.once('error', (problem: NodeJS.ErrnoException) =>
      end(problem.code === 'ECONNREFUSED' ? 'refused' : problem.code === 'ETIMEDOUT' ? 'silent' : 'unreachable'),
    );
  });
}

/** What both families meet at this moment. */
export const door = (): Promise<readonly Met[]> => Promise.all(addresses.map((address) => tryDoor(address)));

export interface Watch {
  /** Ends the tries and tells how many met what. */
  rest(): Promise<Readonly<Record<string, number>>>;
}

/** Begins a try every 50 ms over each family, whether or not earlier ones were answered. */
export function watchDoor(): Watch {
  const counts: Record<string, number> = {};
  const open = new Set<Promise<void>>();
  let isOver = false;
  const going = (async () => {
    while (!isOver) {
      for (const address of addresses) {
        const one = tryDoor(address).then((met) => {
          const key = `${address.includes(':') ? 'IPv6' : 'IPv4'} ${met}`;
          counts[key] = (counts[key] ?? 0) + 1;
          open.delete(one);
        });
        open.add(one);
      }
      await sleep(50);
    }
    await Promise.all(open);
  })();
  return {
    rest: async () => {
      isOver = true;
      await going;
      return counts;
    },
  };
}
