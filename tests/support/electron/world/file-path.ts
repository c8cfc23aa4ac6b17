/** How page/file-paths.ts finds the function that stands still, the file it was given, and where the answer goes. */
export const pathFunctionName = '__electron_harness_path_of'
export const fileVariable = 'file'
export const pathVariable = 'path'

/** Runs beside the page, from its source text. A file that the page made itself is nowhere: its path is empty. */
export const pathOfSource = `function ${pathFunctionName}(${fileVariable}) {
  let ${pathVariable} = ''
  debugger
  return ${pathVariable}
}`
