// The page of the window: the only files it can load, under breakwater://app/, and the headers they come with.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Protocol, protocol } from 'electron';

const scheme = 'breakwater';
const host = 'app';
export const pageAddress = `${scheme}://${host}/index.html`;

/** Whether an address is one of ours: the page and what belongs to it. */
export function isOurs(address: string): boolean {
  try {
    const { protocol: its, host: place, username, password } = new URL(address);
    return its === `${scheme}:` && place === host && username === '' && password === '';
  } catch {
    return false;
  }
}

/** Before the app is ready: makes the scheme an origin of its own, as safe as https. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
}

/** The page's files by their bare names, read while Chromium is still starting; `simulated` names the simulated PC. */
export function readPage(folder: string, simulated: string | null): ReadonlyMap<string, Buffer> {
  const files = new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(folder, name))]),
  );
  const page = files.get('index.html')?.toString('utf8') ?? '';
  // Simulated PCs' names are plain words; the window says the same once its program is there.
  const banner = simulated === null ? '' : `SIMULATED PC - nothing here is real: ${simulated}`;
  return files.set('index.html', Buffer.from(page.replace('%SIMULATED%', banner)));
}

export function servePage(on: Protocol, files: ReadonlyMap<string, Buffer>): void {
  on.handle(scheme, ({ method, url }) => answer({ method, url }, files));
}

const types: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['woff2', 'font/woff2'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
]);

/** The answer to one request of the page: 200 with one of its files, else 404 (405 for anything but GET). */
export function answer(
  request: { readonly method: string; readonly url: string },
  files: ReadonlyMap<string, Buffer>,
): Response {
  if (request.method !== 'GET') return refusal(405);
  const name = isOurs(request.url) ? new URL(request.url).pathname.slice(1) : '';
  // No slash, no dot in front, nothing that an address could hide: only a plain name of a known kind.
  const type = types.get(/^[A-Za-z0-9_-]+\.([a-z0-9]+)$/.exec(name)?.[1] ?? '');
  const bytes = files.get(name);
  if (type === undefined || bytes === undefined) return refusal(404);
  const nonce = randomBytes(16).toString('base64');
  const body = name.endsWith('.html')
    ? bytes.toString('utf8').replaceAll('%STYLE_NONCE%', nonce)
    : new Uint8Array(bytes);
  return new Response(body, { headers: { ...headers(nonce), 'Content-Type': type } });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: headers(null) });
}

/** Content Security Policy Level 3. Fluent's own style elements carry the nonce; no script but ours ever runs. */
function headers(nonce: string | null): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${nonce === null ? '' : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
