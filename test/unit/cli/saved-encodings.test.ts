// A saved Windows policy is the same in each encoding that Windows' tools write.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { textOf } from '../../../main/cli/file-text';
import { readSaved } from '../../../main/cli/saved-files';

const folder = mkdtempSync(join(tmpdir(), 'breakwater-encodings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const text = textOf(readFileSync(join(__dirname, '../../fixtures/windows-parts/full-with-service.reg')));
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
const little = Buffer.from(text, 'utf16le');
const mark = Buffer.from([0xff, 0xfe]);

it.each([
  ['UTF-16 with its mark', Buffer.concat([mark, little])],
  ['UTF-16 without a mark', little],
  ['UTF-16 of the other byte order', swapped(little)],
  ['UTF-16 of the other byte order with its mark', swapped(Buffer.concat([mark, little]))],
])('%s is read as UTF-8 is', (_, bytes) => {
  const path = join(folder, 'policy.reg');
  writeFileSync(path, text);
  const plain = readSaved(path, false);
  writeFileSync(path, bytes);
  expect({ ...readSaved(path, false), place: null }).toEqual({ ...plain, place: null });
});
