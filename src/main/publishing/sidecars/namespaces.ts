import type { Flag, Label } from '../../../shared/media.ts'

/** Of the fields that are written and read, by the prefixes that they are written with. */
export const namespaces = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  lr: 'http://ns.adobe.com/lightroom/1.0/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  digiKam: 'http://www.digikam.org/ns/1.0/',
  burgInk: 'https://burg-ink.example/ns/1.0/',
}

/** As Adobe names them in English, and digiKam by number. */
export const labelNames: Record<Label, { adobe: string; digiKam: number }> = {
  red: { adobe: 'Red', digiKam: 1 },
  yellow: { adobe: 'Yellow', digiKam: 3 },
  green: { adobe: 'Green', digiKam: 4 },
  blue: { adobe: 'Blue', digiKam: 5 },
  purple: { adobe: 'Purple', digiKam: 6 },
}
export const pickLabels: Record<Flag, number> = { rejected: 1, picked: 3 }
/** Stars below none: how Adobe's programs say that a picture is rejected. */
export const rejectedRating = -1
