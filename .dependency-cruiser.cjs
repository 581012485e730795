/** The rooms of src/, in the order in which they rest on each other: each may import from those before it. */
const ROOMS = ['text', 'runner', 'users', 'cloudflare', 'inputs', 'verify', 'revocation', 'result']

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    ...ROOMS.map((room, index) => ({
      name: `${room}-rests-on-the-rooms-before-it`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: `^src/(?!(${ROOMS.slice(0, index + 1).join('|')})/)` },
    })),
    {
      name: 'only-the-runner-room-uses-the-toolkit',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/runner/' },
      to: { path: 'node_modules/@actions/(core|github)' },
    },
    {
      name: 'one-file-speaks-http',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cloudflare/http-exchange\\.ts$' },
      to: { path: 'node_modules/@actions/http-client' },
    },
    {
      name: 'no-path-into-node-modules',
      comment: 'A package is imported by its name; bundle/ says of which packages it contains a part.',
      severity: 'error',
      from: { path: '^(src|embedded-api|scripts|__tests__)/' },
      to: { path: 'node_modules/', dependencyTypes: ['local'] },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(embedded-api|scripts|__tests__)/' },
    },
    {
      name: 'the-embedded-api-stands-alone',
      severity: 'error',
      from: { path: '^embedded-api/' },
      to: { path: '^(src|scripts|__tests__)/' },
    },
    {
      name: 'no-dev-dependency-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
