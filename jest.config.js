import { availableParallelism } from 'node:os';

// jest loads CommonJS; these come as modules, or import some when they run.
const MODULES_ONLY = 'pg-boss|serialize-error|non-error|@electric-sql/pglite|content-disposition';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // What takes long is named *.long.test.ts; `npm test` leaves it out, `npm run test:long` has all.
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Tests wait for tasks and servers more than they compute.
  maxWorkers: Math.max(4, availableParallelism()),
  globalSetup: '<rootDir>/test/support/run_setup.ts',
  globalTeardown: '<rootDir>/test/support/run_teardown.ts',
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } } }],
    [`/node_modules/(${MODULES_ONLY})/.+\\.c?js$`]: ['@swc/jest', { jsc: { target: 'es2023' } }],
  },
  transformIgnorePatterns: [`^(?!.*/node_modules/(${MODULES_ONLY})/).*/node_modules/`],
  // What ships to Zapier, and the relay; the sandbox is exercised by the same tests but is not the product.
  collectCoverageFrom: [
    '*.ts',
    '{creates,delivery,errors,fields,midjourney,output,relay,searches,services,tasks,triggers}/**/*.ts',
    // Run in processes of its own.
    '!relay/main.ts',
    '!**/*.test.ts',
  ],
  coverageDirectory: 'coverage',
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: { global: { lines: 95, branches: 95 } },
  // Relays and databases start slowly on a machine that has much else to do.
  testTimeout: 90_000,
};
