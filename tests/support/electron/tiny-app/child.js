// Forked by the program: it is Node here, also where the executable is Electron's.
process.send({ words: process.argv.slice(2), isElectronsMain: process.type === 'browser' }, () => process.disconnect())
