export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/__tests__/workflows/',
    '<rootDir>/__tests__/acceptance/',
    '<rootDir>/__tests__/bundle/(large-list|mistakes)\\.test\\.ts',
    '<rootDir>/__tests__/scripts/(build|own)\\.test\\.ts',
    '<rootDir>/__tests__/users/full-files\\.test\\.ts',
  ],
  transform: { '\\.ts$': '<rootDir>/__tests__/support/strip-types.js' },
  globalSetup: '<rootDir>/__tests__/support/prepare-sources.ts',
  extensionsToTreatAsEsm: ['.ts'],
  // No workers, see scripts/test.ts. Tests that wait for processes of their own do so side by side.
  maxWorkers: 1,
  maxConcurrency: 5,
  testTimeout: 60_000,
}
