import { execFileSync } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findFfmpeg } from '../../src/main/imaging/video/find-ffmpeg.ts'

/** Two seconds of a test card of 96 × 64, made by FFmpeg; `dark-beginning.mp4` has half a second of black before 3.5 of it, and sound. */
export const videoNames = [
  'dark-beginning.mp4',
  'hevc.mp4',
  'turned.mov',
  'vp9.webm',
  'av1.webm',
  'h264.mkv',
  'mpeg4.avi',
  'camera.m2ts',
] as const

export const videoPath = (name: (typeof videoNames)[number]): string => join(import.meta.dirname, 'videos', name)

/** Null where videos can be shown; else why not. */
export const whyNoFrames = findFfmpeg() === null ? 'no FFmpeg is installed here' : null

/** A program in the place of FFmpeg. Shells are had on Linux and macOS. */
export async function fakeFfmpeg(folder: string, script: string): Promise<string> {
  const path = join(folder, 'ffmpeg')
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

/** A video of our own; `args` come before its path. */
export function makeVideo(path: string, args: string[]): void {
  execFileSync(findFfmpeg() ?? 'ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args, path])
}
