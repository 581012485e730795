import config from './jest.config.js'

/** `npm run test:long`: what takes too many processes, or too many users, to be part of `npm test`. */
export default {
  ...config,
  testPathIgnorePatterns: ['/node_modules/'],
  testMatch: [
    '<rootDir>/__tests__/acceptance/**/*.test.ts',
    '<rootDir>/__tests__/bundle/{large-list,mistakes}.test.ts',
    '<rootDir>/__tests__/scripts/{build,own}.test.ts',
    '<rootDir>/__tests__/users/full-files.test.ts',
  ],
  maxWorkers: 2,
}
