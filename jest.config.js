export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/workflows/'],
  transform: { '\\.ts$': '<rootDir>/__tests__/support/strip-types.js' },
  extensionsToTreatAsEsm: ['.ts'],
  testTimeout: 30_000,
}
