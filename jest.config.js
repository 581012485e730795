export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/__tests__/workflows/',
    '<rootDir>/__tests__/acceptance/',
  ],
  transform: { '\\.ts$': '<rootDir>/__tests__/support/strip-types.js' },
  extensionsToTreatAsEsm: ['.ts'],
  // One process, whose coverage is whole: a worker that takes long to write its own is ended. Tests that wait for
  // processes of their own keep the other cores busy.
  maxWorkers: 1,
  maxConcurrency: 5,
  testTimeout: 60_000,
}
