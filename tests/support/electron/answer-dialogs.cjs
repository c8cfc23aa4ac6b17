// Loaded before the program: dialogs of the system are answered from a list, and what they said is written out.
const { appendFileSync, existsSync } = require('node:fs')
const { dialog } = require('electron')

const answers = JSON.parse(process.env.DIALOG_ANSWERS)
const next = () => (answers.length > 1 ? answers.shift() : answers[0])

// A file, because whoever started the program may not be listening yet.
const say = what => appendFileSync(process.env.DIALOG_LOG, `${JSON.stringify(what)}\n`)

dialog.showMessageBox = async (...given) => {
  const { message, detail, buttons } = given.at(-1)
  say({ message, detail, buttons })
  const { button, onceThere, isForAlways = false } = next()
  while (onceThere && !existsSync(onceThere)) await new Promise(resolve => setTimeout(resolve, 50))
  return { response: button, checkboxChecked: isForAlways }
}
dialog.showOpenDialog = async (...given) => {
  say({ title: given.at(-1).title, startsIn: given.at(-1).defaultPath })
  const { folder } = next()
  return { canceled: folder === null, filePaths: folder === null ? [] : [folder] }
}
dialog.showErrorBox = (title, content) => say({ title, content })
