import { whatRuns } from './electron-app.ts'

export const setup = async (): Promise<void> => console.error(await whatRuns())
