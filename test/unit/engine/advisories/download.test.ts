// A download ends, and lets go of the server, however long that one would go on.
import type { ServerResponse } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { download } from '../../../../main/engine/advisories/download';
import { serveHttps } from '../https-server';

const patience = { silence: 5_000, whole: 5_000 };

/** Sends without end, a piece every few milliseconds, until the other side lets go. */
function sendWithoutEnd(response: ServerResponse): Promise<void> {
  const timer = setInterval(() => response.write('x'), 10);
  onTestFinished(() => clearInterval(timer));
  return new Promise((resolve) =>
    response.on('close', () => {
      clearInterval(timer);
      resolve();
    }),
  );
}

it.each([
  ['a redirect', 302, '{}'],
  ['an error', 500, 'the server answers 500'],
])('the body of %s is not waited for', async (_what, status, expected) => {
  const released: Promise<void>[] = [];
  const address = await serveHttps((request, response) => {
    if (request.url === '/there') return response.end('{}');
    response.writeHead(status, { location: status === 302 ? '/there' : '' });
    released.push(sendWithoutEnd(response));
  });
  const answer = await download(`${address}/`, 1024, undefined, patience).catch(({ message }: Error) => message);
  expect(answer).toBe(expected);
  expect(released).toHaveLength(1);
  await Promise.all(released);
});

it('a server that sends a little at a time is not listened to for ever', async () => {
  const released: Promise<void>[] = [];
  const address = await serveHttps((_request, response) => {
    released.push(sendWithoutEnd(response.writeHead(200)));
  });
  const slow = download(`${address}/`, 1024 * 1024, undefined, { ...patience, whole: 300 });
  await expect(slow).rejects.toThrow('it took longer than 0.3 seconds');
  await Promise.all(released);
});

it('all redirects together take no longer than one download may', async () => {
  const address = await serveHttps((_request, response) => {
    setTimeout(() => response.writeHead(302, { location: '/' }).end(), 120);
  });
  const slow = download(`${address}/`, 1024, undefined, { ...patience, whole: 300 });
  await expect(slow).rejects.toThrow('it took longer than 0.3 seconds');
});

it('a server that says nothing is not waited for', async () => {
  const address = await serveHttps(() => undefined);
  const silent = download(`${address}/`, 1024, undefined, { ...patience, silence: 200 });
  await expect(silent).rejects.toThrow('nothing came for 0.2 seconds');
});
