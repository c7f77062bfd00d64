import { defineConfig } from 'vitest/config';

// unit = pure, anywhere; window = React in jsdom; live = the real kernel, smbd, polkit (Linux, root); app = real Electron;
// windows = the built program on Windows' Node under wine. Live, windows and app tests share the kernel and the screen: one group after the other, one file at a time.
export default defineConfig({
  test: {
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node', testTimeout: 60_000 } },
      {
        test: {
          name: 'window',
          include: ['test/window/**/*.test.tsx'],
          environment: 'jsdom',
          globals: true,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'live',
          include: ['test/live/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'windows',
          include: ['test/windows/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/windows/bed/installed.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          // Only for wine's own server dying (test/windows/bed/prefix.ts): what fails otherwise fails.
          retry: { count: 2, condition: /^wine's own server ended by itself/ },
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'app',
          include: ['test/app/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
