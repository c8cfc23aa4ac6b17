import { isReachedFrom } from './drop-paths.ts'

/** What a path turns out to be that a person dropped or typed. */
export type Dropped =
  /** `root` is where it really is. */
  | { kind: 'folder'; path: string; root: string }
  /**
   * `root` is the imported folder it is in, else `folder`, in which it lies; `sourceId` is what a listing of `root` gives
   * for it.
   */
  | { kind: 'file'; path: string; folder: string; root: string; sourceId: string }
  /** `reason` is a sentence for the person. */
  | { kind: 'refused'; path: string; reason: string }

/** Dropped paths by what has to be imported. Every one is in a group, in a folder that is imported whole, or refused. */
export interface DropGroups {
  /** Imported whole, each once. */
  folders: DroppedFolder[]
  /** Files of a folder of which nothing else is imported; one group for each folder. */
  files: DroppedFiles[]
  refused: DropRefusal[]
}

interface DroppedFolder {
  path: string
  root: string
}

interface DroppedFiles {
  root: string
  /** Each once. */
  sourceIds: string[]
  /** As they were given; the same file may have come by several. */
  paths: string[]
}

interface DropRefusal {
  path: string
  reason: string
}

export function groupDropped(dropped: readonly Dropped[], platform: NodeJS.Platform): DropGroups {
  const folders = new Map<string, DroppedFolder>()
  for (const { kind, ...each } of dropped.filter(isFolder)) if (!folders.has(each.root)) folders.set(each.root, each)
  const comesWithFolder = ({ folder }: { folder: string }) =>
    [...folders.keys()].some(root => isReachedFrom(root, folder, platform))
  const single = dropped.filter(isFile).filter(file => !comesWithFolder(file))
  return {
    folders: [...folders.values()],
    files: [...Map.groupBy(single, file => file.root)].map(([root, files]) => ({
      root,
      sourceIds: [...new Set(files.map(file => file.sourceId))],
      paths: files.map(file => file.path),
    })),
    refused: dropped.filter(isRefused).map(({ path, reason }) => ({ path, reason })),
  }
}

type Of<K extends Dropped['kind']> = Extract<Dropped, { kind: K }>
const isFolder = (each: Dropped): each is Of<'folder'> => each.kind === 'folder'
const isFile = (each: Dropped): each is Of<'file'> => each.kind === 'file'
const isRefused = (each: Dropped): each is Of<'refused'> => each.kind === 'refused'
