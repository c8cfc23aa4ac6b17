import { execFile, execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test } from 'vitest'
import { makeTempFolder } from './temp-folder.ts'

const run = promisify(execFile)

const hasPoppler = (() => {
  try {
    return execFileSync('pdftotext', ['-v'], { stdio: 'pipe' }).length >= 0
  } catch {
    return false
  }
})()

/** A test in which another program than ours reads our PDF. */
export const withPoppler = test.skipIf(!hasPoppler)

export async function pdfFile(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const path = join(await makeTempFolder('pdf'), 'made.pdf')
  await writeFile(path, bytes)
  return path
}

/** The text of each page as it is laid out, without empty lines. */
export async function pdfPages(path: string): Promise<string[][]> {
  const { stdout } = await run('pdftotext', ['-layout', path, '-'], { maxBuffer: 2 ** 26 })
  const pages = stdout.split('\f').slice(0, -1)
  return pages.map(page =>
    page
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== ''),
  )
}

/** What is said of the whole file. */
export async function pdfFacts(path: string): Promise<Record<string, string>> {
  const { stdout } = await run('pdfinfo', [path])
  return Object.fromEntries(stdout.split('\n').map(line => /^([^:]+): *(.*)$/.exec(line)?.slice(1) ?? []))
}

export interface PdfPicture {
  page: number
  width: number
  height: number
}

export async function pdfPictures(path: string): Promise<PdfPicture[]> {
  const { stdout } = await run('pdfimages', ['-list', path])
  return stdout
    .trim()
    .split('\n')
    .slice(2)
    .map(line => line.trim().split(/ +/))
    .map(([page, , , width, height]) => ({ page: Number(page), width: Number(width), height: Number(height) }))
}

/** Each word with its box, in points from the upper left, and the page's own size. */
export async function pdfWords(path: string): Promise<{ text: string; box: number[]; page: number[] }[]> {
  const { stdout } = await run('pdftotext', ['-bbox', path, '-'], { maxBuffer: 2 ** 26 })
  let page: number[] = []
  return stdout.split('\n').flatMap(line => {
    const numbers = [...line.matchAll(/"([\d.-]+)"/g)].map(match => Number(match[1]))
    if (line.includes('<page')) page = numbers
    const text = /<word[^>]*>(.*)<\/word>/.exec(line)?.[1]
    return text === undefined ? [] : [{ text, box: numbers, page }]
  })
}
