/** An export cannot be done, or not go on. The message is for a person and says what to do. */
export class ExportFailed extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ExportFailed'
  }
}

const sentences: Record<string, (path: string) => string> = {
  ENOSPC: path => `The disk of ${path} is full. Free some space, or choose another folder.`,
  EDQUOT: path => `There is no room left for you at ${path}. Free some space, or choose another folder.`,
  EACCES: path => `${path} cannot be written. Check its permissions, or choose another folder.`,
  EPERM: path => `${path} cannot be written. Check its permissions, or choose another folder.`,
  EROFS: path => `${path} is on a disk that cannot be written. Choose another folder.`,
  ENOENT: path => `The folder of ${path} is not there any more. Choose another one.`,
  ENOTDIR: path => `A part of ${path} is a file and no folder. Choose another folder.`,
  EIO: path => `The disk of ${path} does not answer. Check that it is connected, then export again.`,
}

export const errorCode = (cause: unknown): string => (cause as NodeJS.ErrnoException | null)?.code ?? ''

/** Faults of one file name, which are no faults of the disk. */
export const isFaultOfName = (cause: unknown): boolean =>
  ['EINVAL', 'ENAMETOOLONG', 'EILSEQ', 'EISDIR', 'EEXIST', 'ENOTDIR'].includes(errorCode(cause))

/** An error of the file system in words; any other comes back as it is. */
export function explained(cause: unknown, path: string): unknown {
  const sentence = sentences[errorCode(cause)]
  return sentence ? new ExportFailed(sentence(path), { cause }) : cause
}
