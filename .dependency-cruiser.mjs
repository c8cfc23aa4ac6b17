/**
 * Who may import whom. The rooms of `src/main` are named here once; ARCHITECTURE.md says why the lines run where they do.
 * `scripts/boundaries.ts` runs these rules and makes sure that every file of `src` was read.
 */
const rooms = '(library|sources|storage|imaging|analysis|publishing|tables|jobs|engine|accounts|server|desktop)'
/** The five that know nothing of each other. */
const leaves = '(library|sources|storage|imaging|analysis)'
const entries = '^src/main/(app|cli|index)([.]ts$|/)'

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const forbidden = [
  forbid(
    'shared-stands-alone',
    'What both sides of a wire agree on may depend on zod only.',
    { path: '^src/shared/' },
    { pathNot: ['^src/shared/', '^node_modules/zod/'] },
  ),
  forbid(
    'one-door-per-room',
    "Other rooms import a room's index.ts only.",
    { path: '^src/(?:main/)?([^/]+)' },
    { path: `^src/main/${rooms}/`, pathNot: ['^src/main/$1/', `^src/main/${rooms}/index[.]ts$`] },
  ),
  forbid(
    'leaves-stay-apart',
    'Library, sources, storage, imaging and analysis are joined by jobs and by nobody else.',
    { path: `^src/main/${leaves}/` },
    { path: '^src/main/(library|sources|storage|imaging|analysis|jobs|engine|server)/', pathNot: '^src/main/$1/' },
  ),
  forbid(
    'jobs-use-the-five',
    'Jobs do not know what runs them or who asks for them.',
    { path: '^src/main/jobs/' },
    { path: '^src/main/(engine|server|desktop)/' },
  ),
  forbid(
    'engine-knows-no-media',
    "The engine speaks Inngest's protocol; it could run another program's jobs.",
    { path: '^src/main/engine/' },
    { path: '^src/', pathNot: ['^src/shared/', '^src/main/engine/'] },
  ),
  forbid(
    'server-is-given-its-handlers',
    'The server carries the contract; app.ts hands it the handlers.',
    { path: '^src/main/server/' },
    { path: '^src/', pathNot: ['^src/shared/', '^src/main/server/'] },
  ),
  forbid(
    'accounts-stand-alone',
    'Accounts hold secrets and know nothing of what they open.',
    { path: '^src/main/accounts/' },
    { path: '^src/', pathNot: ['^src/shared/', '^src/main/accounts/'] },
  ),
  forbid(
    'publishing-is-given-its-rows',
    'What is written for others comes as rows, from whoever has them.',
    { path: '^src/main/publishing/' },
    { path: '^src/', pathNot: ['^src/shared/', '^src/main/publishing/'] },
  ),
  forbid(
    'tables-know-no-library',
    'What others wrote is read here; whoever has the library says what becomes of it.',
    { path: '^src/main/tables/' },
    { path: '^src/', pathNot: ['^src/shared/', '^src/main/tables/'] },
  ),
  forbid(
    'rooms-do-not-wire',
    'Only app.ts and the entries put rooms together.',
    { path: `^src/main/${rooms}/` },
    { path: entries },
  ),
  forbid(
    'electron-in-desktop-only',
    'All else is plain Node, so that both hosts run the same core.',
    { path: '^src/', pathNot: ['^src/main/desktop/', '^src/preload/'] },
    { path: ['^(node_modules/)?electron(/|$)'] },
  ),
  forbid(
    'desktop-from-its-entry-only',
    'The headless host must not load the window.',
    { pathNot: ['^src/main/desktop/', '^src/main/index[.]ts$', '^tests/'] },
    { path: '^src/main/desktop/' },
  ),
  forbid(
    'renderer-imports-shared-and-itself',
    'The page runs in a browser and reaches the app by the contract only.',
    { path: '^src/renderer/' },
    { path: '^src/', pathNot: ['^src/shared/', '^src/renderer/'] },
  ),
  forbid(
    'renderer-without-node',
    'A browser has no node: modules.',
    { path: '^src/(renderer|shared)/' },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'features-stay-apart',
    'A screen can be changed or removed without reading another.',
    { path: '^src/renderer/src/features/([^/]+)/' },
    { path: '^src/renderer/src/features/', pathNot: '^src/renderer/src/features/$1/' },
  ),
  forbid(
    'page-is-not-imported',
    'The renderer is built by itself.',
    { path: '^src/(main|shared|preload)/' },
    { path: '^src/renderer/' },
  ),
  forbid(
    'zod-at-the-wire',
    'Data is checked where it enters; inside, types are enough.',
    {
      path: '^src/',
      pathNot: [
        '^src/shared/',
        '^src/main/server/',
        '^src/main/analysis/openai/',
        '^src/main/desktop/',
        '^src/renderer/src/lib/',
      ],
    },
    { path: '^node_modules/zod/' },
  ),
  forbid(
    'source-without-tests',
    'What ships does not reach into what checks it.',
    { path: '^src/' },
    { path: '^(tests|scripts)/' },
  ),
  forbid('no-cycles', 'Modules that need each other are one module.', {}, { circular: true }),
  forbid('no-unresolvable', 'An import that leads nowhere.', { path: '^src/' }, { couldNotResolve: true }),
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden,
  options: {
    // TypeScript 7 has no API that dependency-cruiser could use. Without swc it reads no .ts file and finds nothing wrong.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
