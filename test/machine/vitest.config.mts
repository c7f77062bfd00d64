import { defineConfig } from 'vitest/config';

// One virtual machine at a time: its tests share it, in their order.
export default defineConfig({
  test: {
    reporters: ['verbose', './test/closing-line.ts'],
    include: ['test/machine/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 900_000,
    disableConsoleIntercept: true,
  },
});
