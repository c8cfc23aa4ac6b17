import {
  type ColumnTarget,
  type PictureTarget,
  type TableSubject,
  type TableTargets,
  targetsOf,
  type WorkTarget,
} from '../../shared/tables.ts'
import { plainWords } from './cells.ts'

/** What columns are called in English, German, French and Spanish, as `plainWords` writes it. */
const workNames: Record<WorkTarget, string> = {
  inventoryNumber:
    'inventory number, inventory no, inventory nr, inventory, inventory id, inv no, inv nr, inv, accession number, catalogue number, catalog number, cat no, work number, number, no, nr, ref, reference, inventarnummer, inventar nr, inventarnr, werknummer, werk nr, werkverzeichnis, wvz, wvz nr, nummer, numero d inventaire, no d inventaire, n d inventaire, numero inventaire, numero, n, numero de inventario, no de inventario, n de inventario, num inventario',
  title: 'title, titel, werktitel, titre, titulo, work title, artwork, name, work, werk, oeuvre, obra',
  year: 'year, date, dated, jahr, datum, datierung, entstehungsjahr, annee, ano, fecha',
  medium: 'medium, technique, media, materials, material, technik, tecnica, technik material, material technik',
  support: 'support, surface, ground, bildtrager, trager, untergrund, malgrund, soporte',
  dimensions:
    'dimensions, dimension, size, measurements, masse, abmessungen, grosse, format, mesures, taille, medidas, dimensiones, tamano',
  height: 'height, h, hohe, hoehe, hauteur, alto, altura',
  width: 'width, w, breite, b, largeur, ancho, anchura',
  depth: 'depth, d, tiefe, t, profondeur, p, profundidad, fondo',
  unit: 'unit, units, einheit, masseinheit, unite, unidad',
  edition: 'edition, auflage, tirage, edicion, tirada',
  series: 'series, serie, werkgruppe, werkserie, zyklus, cycle, ciclo',
  status: 'status, availability, verfugbarkeit, verkaufsstatus, statut, disponibilite, estado, disponibilidad',
  price: 'price, retail price, list price, preis, verkaufspreis, prix, prix de vente, precio',
  currency: 'currency, wahrung, waehrung, devise, monnaie, moneda, divisa',
  location: 'location, storage, where, standort, lagerort, ort, lieu, emplacement, ubicacion, lugar',
  provenance: 'provenance, provenienz, herkunft, procedencia',
  statement: 'statement, description, text, beschreibung, texte, descripcion, texto',
  pictures:
    'pictures, picture, images, image, photos, photo, files, file, filename, file name, image file, bilder, bild, bilddatei, datei, dateien, dateiname, foto, fotos, fichier, fichiers, nom de fichier, archivo, archivos, nombre de archivo, imagen, imagenes, path, pfad, sha256, sha 256',
}

const pictureNames: Record<PictureTarget, string> = {
  sha256: 'sha256, sha 256, hash, checksum',
  id: 'id',
  path: 'path, source file, sourcefile, file path, pfad, dateipfad, chemin, ruta',
  folder: 'folder, ordner, dossier, carpeta',
  file: 'file, filename, file name, datei, dateiname, fichier, nom de fichier, archivo, nombre de archivo, picture, image, bild',
  title: 'title, titel, titre, titulo',
  description: 'description, beschreibung, bildbeschreibung, legende, descripcion',
  content: 'content, inhalt, contenu, contenido',
  style: 'style, stil, estilo',
  mood: 'mood, stimmung, ambiance, ambiente',
  medium: 'medium, technique, technik, tecnica',
  series: 'series, serie',
  tags: 'tags, keywords, schlagworter, schlagworte, stichworter, stichworte, mots cles, etiquetas, palabras clave',
  ownTags: 'own tags, eigene tags',
  rating: 'rating, stars, bewertung, sterne, evaluation, etoiles, valoracion, estrellas',
  flag: 'flag, pick, markierung, drapeau',
  label: 'label, color label, colour label, farbetikett, farbmarkierung, etiquette, etiqueta',
}

const namesOf: Record<TableSubject, Map<ColumnTarget, string[]>> = {
  works: listed(workNames),
  pictures: listed(pictureNames),
}

function listed(names: Record<string, string>): Map<ColumnTarget, string[]> {
  return new Map(Object.entries(names).map(([target, text]) => [target as ColumnTarget, text.split(', ')]))
}

/** Each column by its name, where it has one that is known; the best name wins where two columns say the same. */
export function mapColumns(columns: readonly string[], subject: TableSubject): TableTargets {
  const targets: TableTargets = columns.map(() => null)
  for (const spellingOf of [asItIs, withoutUnit]) {
    const spelled = columns.map(spellingOf)
    for (const target of targetsOf(subject)) {
      if (targets.includes(target)) continue
      const place = (namesOf[subject].get(target) ?? [])
        .map(name => spelled.findIndex((words, i) => targets[i] === null && words === name))
        .find(found => found >= 0)
      if (place !== undefined) targets[place] = target
    }
  }
  return targets
}

const asItIs = (column: string): string => plainWords(column)

const unitName = /\s(?:in )?(mm|cm|m|in|inch|inches|zoll|ft|eur|euro|euros|usd|chf|gbp)$/
/** `Höhe (cm)`, `Preis in €` */
const withoutUnit = (column: string): string =>
  plainWords(column.replaceAll(/[([].*?[)\]]/g, ' ').replaceAll(/[€$£]/g, ' '))
    .replace(unitName, '')
    .replace(/ in$/, '')

/** The unit of lengths that a column's name has; null: none. */
export function unitIn(column: string): string | null {
  const unit = unitName.exec(` ${plainWords(column)}`)?.[1]
  if (unit === 'zoll') return 'in'
  return unit && /^(mm|cm|m|in|inch|inches|ft)$/.test(unit) ? unit : null
}

/** The currency that it has, as a person writes it. */
export function currencyIn(column: string): string | null {
  const sign = /[€$£]/.exec(column)?.[0]
  const code = /\b(EUR|USD|CHF|GBP|euros?)\b/i.exec(column)?.[1]
  return sign ?? code ?? null
}

/** Pictures where a column names a picture and nothing but a work has a price or a number of its own. */
export function subjectOf(columns: readonly string[]): TableSubject {
  const works = new Set(mapColumns(columns, 'works'))
  const pictures = new Set(mapColumns(columns, 'pictures'))
  const isOfWorks = (['inventoryNumber', 'price', 'edition', 'dimensions', 'height'] as const).filter(t => works.has(t))
  const isOfPictures = (['sha256', 'tags', 'rating', 'flag', 'label', 'ownTags'] as const).filter(t => pictures.has(t))
  const namesPicture = (['sha256', 'id', 'path', 'file'] as const).some(target => pictures.has(target))
  if (!namesPicture) return 'works'
  return isOfPictures.length > isOfWorks.length || (isOfWorks.length === 0 && !works.has('title'))
    ? 'pictures'
    : 'works'
}
