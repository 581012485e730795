export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/__tests__/support/strip-types.js' },
  extensionsToTreatAsEsm: ['.ts'],
  testTimeout: 30_000,
}
