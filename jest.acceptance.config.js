import config from './jest.config.js'

/** `npm run test:acceptance`: many runs of the acceptance program, which take too long to be part of `npm test`. */
export default {
  ...config,
  testPathIgnorePatterns: ['/node_modules/'],
  testMatch: ['<rootDir>/__tests__/acceptance/**/*.test.ts'],
  maxWorkers: 2,
}
