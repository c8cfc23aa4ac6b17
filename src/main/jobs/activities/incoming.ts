import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobRooms } from '../rooms.ts'

type Rooms = Pick<JobRooms, 'library'>

/** Where an original of a remote source lies from when it is fetched until the store has it. */
export function incomingPath({ library }: Rooms, fileId: number): string {
  return join(library.layout.incoming, String(fileId))
}

/** Removes what lies there of files that nobody works on any more: they were cancelled, or given up. */
export async function sweepIncoming(rooms: Rooms): Promise<void> {
  const { library } = rooms
  const names = await readdir(library.layout.incoming).catch(() => [])
  for (const name of names) {
    if (library.files.get(Number(name))?.outcome === 'pending') continue
    await rm(join(library.layout.incoming, name), { force: true, recursive: true })
  }
}
