// The captured answers of a real server (test/fixtures/smb), as bytes.
import { readFileSync } from 'node:fs';

export function realAnswer(name: string): Buffer {
  const text = readFileSync(new URL(`../../fixtures/smb/${name}.hex`, import.meta.url), 'utf8');
  return Buffer.from(text.replace(/\s/g, ''), 'hex');
}

/** A copy with these bytes written over it. */
export function withBytes(message: Buffer, at: number, bytes: readonly number[]): Buffer {
  const copy = Buffer.from(message);
  Buffer.from(bytes).copy(copy, at);
  return copy;
}
