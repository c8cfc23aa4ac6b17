import { describe, expect, test } from 'vitest'
import type { Analyser, AnalysisSubject } from '../../src/main/analysis/port.ts'
import { analysisResultSchema } from '../../src/shared/analysis.ts'

/** A picture of which nothing but its measures is known. */
export function aSubject(facts: Partial<AnalysisSubject> = {}): AnalysisSubject {
  return {
    filename: 'IMG_0001.JPG',
    folders: [],
    width: 3000,
    height: 2000,
    frameCount: 1,
    hasAlpha: false,
    mimeType: 'image/jpeg',
    palette: [
      { name: 'navy', hex: '#102040', share: 0.4 },
      { name: 'beige', hex: '#e8d8b8', share: 0.3 },
      { name: 'grey', hex: '#808080', share: 0.2 },
    ],
    light: { brightness: 0.55, contrast: 0.2, colourfulness: 0.08 },
    takenAt: null,
    title: null,
    caption: null,
    keywords: [],
    artist: null,
    camera: null,
    ...facts,
  }
}

const hostile = `\u202Eevil\u0000\u001b[31m <script>alert(1)</script>\u200B\u2066${'x'.repeat(100_000)}`

/** What every analyser promises. */
export function describeAnalyserContract(name: string, makeAnalyser: () => Analyser): void {
  describe(`${name} as an analyser`, () => {
    const subjects: [string, AnalysisSubject][] = [
      ['a bare picture', aSubject()],
      [
        'a picture with everything',
        aSubject({
          filename: 'red-tulip.png',
          folders: ['2023', 'Holland'],
          title: 'Tulips',
          caption: 'A field of tulips near Lisse.',
          keywords: ['Tulip', 'Spring', 'tulip'],
          artist: 'A. Painter',
          camera: 'A Camera',
          takenAt: '2023-04-20T10:00:00',
        }),
      ],
      [
        'a single pixel',
        aSubject({ width: 1, height: 1, palette: [], light: { brightness: 0, contrast: 0, colourfulness: 0 } }),
      ],
      [
        'hostile text everywhere',
        aSubject({
          filename: hostile,
          folders: Array(500).fill(hostile),
          title: hostile,
          caption: hostile,
          keywords: [...Array(5000).keys()].map(i => `${hostile.slice(0, 50)} ${i}`),
        }),
      ],
    ]

    test('names itself and its version', () => {
      const analyser = makeAnalyser()
      expect(analyser.name).toMatch(/^[a-z][a-z0-9-]*$/)
      expect(analyser.version).not.toBe('')
    })

    test.each(subjects)('fills the schema for %s', async (_, subject) => {
      const { result } = await makeAnalyser().analyse(subject)
      expect(() => analysisResultSchema.strict().parse(result)).not.toThrow()
      expect(result.description.trim()).not.toBe('')
    })

    test.each(subjects)('gives each tag of %s once, tidy, with its origin and confidence', async (_, subject) => {
      const { result, tags } = await makeAnalyser().analyse(subject)
      expect(tags.map(tag => tag.name)).toEqual(result.tags)
      expect(new Set(result.tags).size).toBe(result.tags.length)
      expect(tags.length).toBeLessThanOrEqual(20)
      for (const { name: tag, origin, confidence } of tags) {
        expect(tag).toBe(tag.trim().toLowerCase())
        expect(tag.length).toBeGreaterThan(0)
        expect(tag.length).toBeLessThanOrEqual(60)
        expect(['keyword', 'folder', 'filename', 'title', 'caption', 'measured', 'model']).toContain(origin)
        expect(confidence).toBeGreaterThan(0)
        expect(confidence).toBeLessThanOrEqual(1)
      }
      const confidences = tags.map(tag => tag.confidence)
      expect(confidences).toEqual(confidences.toSorted((a, b) => b - a))
    })

    test.each(subjects)('lets no invisible character through and keeps to a length for %s', async (_, subject) => {
      const { result } = await makeAnalyser().analyse(subject)
      const text = JSON.stringify(result)
      expect(text.length).toBeLessThan(10_000)
      expect(text).not.toMatch(/[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]|\\u00/u)
    })
  })
}
