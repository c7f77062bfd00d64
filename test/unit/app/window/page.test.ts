import { expect, test, vi } from 'vitest';
import { answer, isOurs, readPage } from '../../../../main/app/window/page';
import { words } from '../../../../renderer/words';

vi.mock('electron', () => ({ protocol: {} }));

const files: ReadonlyMap<string, Buffer> = new Map(
  Object.entries({
    'index.html': '<meta name="style-nonce" content="%STYLE_NONCE%">',
    'renderer.js': 'run()',
    '.env': 'secret',
    'app.js.map': '{}',
  }).map(([name, text]) => [name, Buffer.from(text)]),
);
const get = (url: string, method = 'GET') => answer({ method, url }, files);

test('the page comes with a policy that lets nothing in but its own files', async () => {
  const response = await get('breakwater://app/index.html');
  expect(response.status).toBe(200);
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  const policy = response.headers.get('Content-Security-Policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-");
  for (const part of ["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"])
    expect(policy).toContain(part);
  expect(policy).not.toContain('unsafe');
});

test('the nonce in the page is the one in its policy, and another one each time', async () => {
  const nonces = new Set<string | undefined>();
  for (let time = 0; time < 3; time++) {
    const response = await get('breakwater://app/index.html');
    const inPage = /content="([^"]+)"/.exec(await response.text())?.[1];
    expect(response.headers.get('Content-Security-Policy')).toContain(`'nonce-${inPage}'`);
    nonces.add(inPage);
  }
  expect(nonces.size).toBe(3);
});

test('a script comes as it is', async () => {
  const response = await get('breakwater://app/renderer.js?x=1');
  expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
  expect(await response.text()).toBe('run()');
});

test.each([
  'breakwater://app/',
  'breakwater://app/nothing.js',
  'breakwater://app/../app.js',
  'breakwater://app/..%2fapp.js',
  'breakwater://app/%2e%2e/app.js',
  'breakwater://app/..\\app.js',
  'breakwater://app//etc/passwd',
  'breakwater://app/.env',
  'breakwater://app/app.js.map',
  'breakwater://app/renderer.js%00.html',
  'breakwater://app/constructor',
  'breakwater://app/a.constructor',
  'breakwater://other/index.html',
  'breakwater://user@app/index.html',
  'https://app/index.html',
])('%s is not found', async (url) => {
  const response = await get(url);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('');
});

test('nothing can be sent to the page', async () => {
  expect((await get('breakwater://app/index.html', 'POST')).status).toBe(405);
});

test('only the one origin is ours', () => {
  expect(isOurs('breakwater://app/x')).toBe(true);
  for (const address of ['breakwater://app.evil/', 'breakwater://app:1/', 'file:///app', 'about:blank', 'x', ''])
    expect(isOurs(address)).toBe(false);
});

test('what is seen before the program is there are its own words', () => {
  const page = readPage('renderer', 'windows-office').get('index.html')?.toString() ?? '';
  expect(page).toContain(`<h1>${words.step.title.check}</h1>`);
  expect(page).toContain(words.check.looking);
  expect(page).toContain(words.simulated('windows-office'));
  expect(readPage('renderer', null).get('index.html')?.toString()).not.toContain('SIMULATED');
});
