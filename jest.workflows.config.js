import config from './jest.config.js'

/** `npm run test:workflows`: needs act on the PATH, and so is no part of `npm test`. */
export default {
  ...config,
  testPathIgnorePatterns: ['/node_modules/'],
  testMatch: ['<rootDir>/__tests__/workflows/**/*.test.ts'],
  testTimeout: 120_000,
}
