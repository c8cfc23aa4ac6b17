// What goes into the packages of the desktop program, and how they are signed. docs/shipping.md says how to use it.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch } from 'electron-builder'
import builds from './electron.vite.config.ts'
import { chunksOf } from './scripts/chunks.ts'

const root = import.meta.dirname
const built = join(root, 'out/main')
const { env } = process

/** All that is started, but for the program of the terminal. */
const entries = Object.keys(builds.main.build.rolldownOptions.input).filter(name => name !== 'cli')
const chunksFor = names =>
  chunksOf(
    built,
    names.map(name => `${name}.js`),
  ).map(name => `out/main/${name}`)

const keychain = 'keytar/build/Release/keytar.node'

/** Packages with binaries, and what those need of others, file by file: npm brings their sources for all systems as well. */
const nativeFiles = platform => [
  `better-sqlite3/{package.json,LICENSE,lib/{index,binding,database,util,sqlite-error}.js,lib/methods/*.js}`,
  `better-sqlite3/prebuilds/${platform}-\${arch}.node`,
  'sharp/{package.json,LICENSE,dist/*.mjs}',
  `@img/sharp-${platform}-\${arch}/{package.json,LICENSE*,index.cjs,lib/*.{node,dll}}`,
  `@img/sharp-libvips-${platform}-\${arch}/{package.json,versions.json,lib/{index.js,*.so*,*.dylib}}`,
  '@img/colour/{package.json,LICENSE*,*.cjs}',
  'detect-libc/{package.json,LICENSE,lib/*.js}',
  'semver/{package.json,LICENSE,index.js,{classes,functions,internal,ranges}/*.js}',
  // Only where its binary was fetched; without it, Electron's own encryption keeps the secrets.
  ...(existsSync(join(root, 'node_modules', keychain))
    ? [`keytar/{package.json,LICENSE*,lib/keytar.js}`, keychain]
    : []),
]
/** Read by path, in the archive. */
const fonts = {
  from: 'node_modules',
  to: 'node_modules',
  filter: '@expo-google-fonts/eb-garamond/{package.json,LICENSE,400Regular{,_Italic}/*.ttf}',
}
const natives = platform => ({ from: 'node_modules', to: 'node_modules', filter: nativeFiles(platform) })

const isMacSigned = Boolean(env.CSC_LINK || env.CSC_NAME)
const isNotarized = Boolean(env.APPLE_API_KEY || env.APPLE_ID || env.APPLE_KEYCHAIN_PROFILE)

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'ink.burg.app',
  productName: 'Burg Ink',
  executableName: 'burg-ink',
  copyright: 'Burg Ink contributors',
  artifactName: 'burg-ink-${version}-${os}-${arch}.${ext}',
  directories: { output: 'out/packages', buildResources: 'resources/build' },
  electronLanguages: ['en-US'],

  // Nothing is compiled: every binary is Node-API, the same for Node and for Electron.
  npmRebuild: false,
  // Packages are taken by `natives` below and by nothing else.
  files: [
    'package.json',
    ...chunksFor(entries),
    'out/{preload,renderer}/**',
    '!out/renderer/licences.txt',
    'out/icons/{256,512,tray,tray@2x,trayTemplate,trayTemplate@2x}.png',
    'out/icons/icon.ico',
    'resources/prompts/**',
    '!**/node_modules/**',
    '!**/*.map',
  ],
  asar: true,
  // The process that decodes pictures is started by its path, on Linux by a Node that cannot look into an archive; and no
  // system loads a library out of one.
  asarUnpack: [
    ...chunksFor(['imaging-child']),
    'node_modules/{sharp,detect-libc,semver}/**',
    'node_modules/@img/**',
    'node_modules/**/*.node',
  ],
  extraResources: [
    { from: 'resources/samples', to: 'samples' },
    { from: 'LICENSE', to: 'licences/burg-ink.txt' },
    { from: 'out/main/licences.txt', to: 'licences/program.txt' },
    { from: 'out/renderer/licences.txt', to: 'licences/page.txt' },
    { from: 'node_modules/@expo-google-fonts/eb-garamond/LICENSE_FONT', to: 'licences/eb-garamond.txt' },
    // For that Node: what is unpacked is written as modules.
    { from: 'resources/build/unpacked.json', to: 'app.asar.unpacked/package.json' },
  ],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    // Apple's processors start nothing whose signature does not fit.
    resetAdHocDarwinSignature: true,
  },
  protocols: [{ name: 'Burg Ink', schemes: ['burg-ink'] }],

  linux: {
    target: ['AppImage', 'deb'],
    icon: 'out/icons',
    category: 'Graphics',
    syncDesktopName: true,
    files: [fonts, natives('linux')],
    extraResources: [
      { from: 'node_modules/node-linux-${arch}/bin/node', to: 'node' },
      { from: 'node_modules/node-linux-${arch}/LICENSE', to: 'licences/node.txt' },
    ],
  },
  mac: {
    target: ['dmg', 'zip'],
    icon: 'out/icons/icon.icns',
    category: 'public.app-category.photography',
    files: [fonts, natives('darwin')],
    // Signed by nobody in particular it starts on the computer that made it; hardened it would not load its own libraries.
    identity: isMacSigned ? undefined : '-',
    hardenedRuntime: isMacSigned,
    entitlements: 'resources/build/entitlements.mac.plist',
    entitlementsInherit: 'resources/build/entitlements.mac.plist',
    gatekeeperAssess: false,
    notarize: isMacSigned && isNotarized,
  },
  win: {
    target: ['nsis'],
    icon: 'out/icons/icon.ico',
    files: [fonts, natives('win32')],
  },
  nsis: { oneClick: true, perMachine: false, deleteAppDataOnUninstall: false },

  // Where the program looks for newer versions of itself; without it, it does not look.
  publish: env.BURG_INK_UPDATES_URL ? { provider: 'generic', url: env.BURG_INK_UPDATES_URL } : null,
  // Who takes beta versions gets a stable one that is newer as well.
  generateUpdatesFilesForAllChannels: true,

  beforePack: ({ electronPlatformName, arch }) => {
    const target = `${electronPlatformName}-${Arch[arch]}`
    if (!existsSync(join(root, `node_modules/@img/sharp-${target}`)))
      throw new Error(`The binaries of ${target} are not installed: package on such a computer.`)
  },
  afterPack: ({ appOutDir, packager }) => {
    // Of an Electron that is taken from node_modules as it lies there.
    rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
    rmSync(join(appOutDir, 'version'), { force: true })
  },
}
