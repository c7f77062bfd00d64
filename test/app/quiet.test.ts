// The app asks no address by itself: Chromium's own log of its network is read after a start, a check, and what a page could try.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checked, type Ground, openWindow, prepareGround } from './window';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground?.clear());

/** Events by which Chromium asks for a name or connects to somebody (net/log/net_log_event_type_list.h). */
const outward =
  /^(?:HOST_RESOLVER_MANAGER_REQUEST|HOST_RESOLVER_SYSTEM_TASK|DNS_TRANSACTION|TCP_CONNECT|UDP_CONNECT|SSL_CONNECT)$/;

interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly { readonly type: number; readonly params?: unknown }[];
}

test('the app asks no name and connects to nobody, also where a page names others', async () => {
  const stun = createSocket('udp4').bind(0, '127.0.0.1');
  await once(stun, 'listening');
  const asked: string[] = [];
  stun.on('message', (message) => asked.push(message.toString('hex')));
  const file = join(ground.home, 'net-log.json');
  const { app, page } = await openWindow(ground, { args: [`--log-net-log=${file}`] });
  try {
    await checked(page);
    await page.evaluate(async (port) => {
      for (const rel of ['dns-prefetch', 'preconnect', 'prefetch'])
        document.head.append(
          Object.assign(document.createElement('link'), { rel, href: 'https://prefetched.example/' }),
        );
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
    }, stun.address().port);
    await page.waitForTimeout(5_000);
  } finally {
    await app.close();
    stun.close();
  }
  const { constants, events } = JSON.parse(readFileSync(file, 'utf8')) as NetLog;
  const names = new Map(Object.entries(constants.logEventTypes).map(([name, number]) => [number, name]));
  expect(events.length).toBeGreaterThan(0);
  const seen = events.filter(({ type }) => outward.test(names.get(type) ?? ''));
  expect(seen.map(({ type, params }) => `${names.get(type)} ${JSON.stringify(params ?? null)}`)).toEqual([]);
  expect(asked).toEqual([]);
});
