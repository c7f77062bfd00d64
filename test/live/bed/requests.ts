// Requests to the helper as the engine makes them, for tests that speak to it directly.

/** A shield without exceptions or end; its fields may be replaced. */
export function aShield(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    id: '0a1b2c3d',
    since: '2026-01-01T00:00:00.000Z',
    until: null,
    atEnd: 'extend',
    allow: { ipv4: [], ipv6: [] },
    outbound: false,
    reason: null,
    rules: true,
    workarounds: [],
    ...changes,
  };
}

/** A request that is valid for a minute; its fields may be replaced. */
export function aRequest(act: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { version: 1, notAfter: inSeconds(60), act, ...(act === 'shield' ? { shield: aShield() } : {}), ...changes };
}

/** The helper's one argument: base64url of JSON (or of text given as it is). */
export function token(request: unknown): string {
  const text = typeof request === 'string' ? request : JSON.stringify(request);
  return Buffer.from(text, 'utf8').toString('base64url');
}

export function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}
