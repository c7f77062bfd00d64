// Whether a PC is patched for a shield's reason: with the catalogue as it is shipped, and PCs that are described.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeReason } from '../../../main/engine/reason-patch';
import type { Fact, Facts, InstalledPackage, PatchFact } from '../../../main/model/facts';
import { shippedRecords } from '../patch/shipped';
import { fakeHost } from './fake-host';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bw-reason-'));
  writeFileSync(join(folder, 'advisories.json'), shippedRecords());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
