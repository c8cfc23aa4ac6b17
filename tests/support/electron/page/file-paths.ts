import type { Session } from '../chromium/pipe.ts'
import type { Protocol } from '../chromium/protocol.ts'
import { fileVariable, pathFunctionName, pathVariable } from '../world/file-path.ts'

type Paused = Protocol.Events['Debugger.paused']

/**
 * `webUtils.getPathForFile` answers at once, and Chromium tells the path of a file only from outside of the page. So the
 * preload's function stops at a `debugger` statement; while the page stands still Chromium is asked for the path of the file
 * that the function was given, and the function goes on with it. Every other stop is none.
 */
export async function tellFilePaths(session: Session): Promise<void> {
  session.on('Debugger.paused', paused => {
    answer(session, paused)
      .catch(() => {})
      .then(() => session.send('Debugger.resume'))
      .catch(() => {})
  })
  await session.send('Debugger.enable')
}

async function answer(session: Session, { callFrames: [frame] }: Paused): Promise<void> {
  if (frame?.functionName !== pathFunctionName) return
  const { callFrameId } = frame
  const { result } = await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: fileVariable })
  const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId ?? '' })
  const newValue = { value: path }
  await session.send('Debugger.setVariableValue', { scopeNumber: 0, variableName: pathVariable, newValue, callFrameId })
}
