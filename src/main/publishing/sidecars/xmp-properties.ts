import { DOMParser, type Element, type Node, onErrorStopParsing } from '@xmldom/xmldom'
import { namespaces } from './namespaces.ts'

/** Why a sidecar is not read: a sentence for a person. */
export class SidecarUnreadable extends Error {}

/** Far more than histories of edits have; each costs some hundredths of a millisecond. */
const partsMax = 50_000
const depthMax = 64
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const containers = ['Alt', 'Bag', 'Seq']

export interface XmpValue {
  text: string
  /** Of a language alternative. */
  language: string
}

/** Values of a property by its namespace and local name; none where it is not there. */
export type XmpProperties = (namespace: string, name: string) => readonly XmpValue[]

/**
 * The properties of an XMP packet, in whichever of the forms of RDF they are written: attributes, elements, lists, values
 * with qualifiers. Prefixes are free, as namespaces are what counts. @throws {SidecarUnreadable}
 */
export function xmpProperties(text: string): XmpProperties {
  const found = new Map<string, XmpValue[]>()
  const add = (namespace: string | null, name: string | null, values: XmpValue[]) => {
    const key = `${namespace} ${name}`
    if (!found.has(key)) found.set(key, values)
  }
  for (const description of childrenOf(rdfOf(parsed(text)))) {
    if (!isRdf(description, 'Description')) continue
    for (const { namespaceURI, localName, value } of description.attributes) {
      add(namespaceURI, localName, [{ text: value, language: '' }])
    }
    for (const property of childrenOf(description)) {
      add(property.namespaceURI, property.localName, valuesOf(property))
    }
  }
  return (namespace, name) => found.get(`${namespace} ${name}`) ?? []
}

function parsed(text: string): Element {
  // A sidecar needs neither, and both can make much of little or read other files.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    throw new SidecarUnreadable(
      'It has a document type, which no sidecar needs. Write it anew with the program it is of.',
    )
  }
  if ((text.match(/</g)?.length ?? 0) > partsMax)
    throw new SidecarUnreadable('It has more parts than any sidecar needs.')
  const root = documentElement(text)
  assertFlat(root)
  return root
}

function documentElement(text: string): Element {
  let root: Element | null
  try {
    root = new DOMParser({ onError: onErrorStopParsing, locator: false }).parseFromString(
      text,
      'text/xml',
    ).documentElement
  } catch (cause) {
    throw new SidecarUnreadable('It is damaged: it is not well-formed XML. Write it anew with the program it is of.', {
      cause,
    })
  }
  if (!root) throw new SidecarUnreadable('It is empty. Write it anew with the program it is of.')
  return root
}

/** Goes through all of it without calling itself. */
function assertFlat(root: Element): void {
  let depth = 0
  let node: Node | null = root
  while (node) {
    if (node.firstChild) {
      node = node.firstChild
      depth += 1
      if (depth > depthMax) throw new SidecarUnreadable('Its parts lie deeper in each other than any sidecar needs.')
      continue
    }
    while (node && !node.nextSibling) {
      node = node.parentNode === root || node === root ? null : node.parentNode
      depth -= 1
    }
    node = node?.nextSibling ?? null
  }
}

/** In `x:xmpmeta`, or by itself. */
function rdfOf(root: Element): Element {
  const rdf = isRdf(root, 'RDF') ? root : childrenOf(root).find(child => isRdf(child, 'RDF'))
  if (!rdf) throw new SidecarUnreadable('There is no XMP in it.')
  return rdf
}

function valuesOf(property: Element): XmpValue[] {
  const list = childrenOf(property).find(child => containers.some(name => isRdf(child, name)))
  if (!list) return [readValue(property)]
  return childrenOf(list)
    .filter(child => isRdf(child, 'li'))
    .map(readValue)
}

function readValue(element: Element): XmpValue {
  return { text: textOf(element), language: element.getAttributeNS(xmlNamespace, 'lang') ?? '' }
}

/** With qualifiers, the value is an `rdf:value`, in the element or in an `rdf:Description` within. */
function textOf(element: Element): string {
  const inner = childrenOf(element).find(child => isRdf(child, 'Description'))
  const attribute = (inner ?? element).getAttributeNS(namespaces.rdf, 'value')
  const value = childrenOf(inner ?? element).find(child => isRdf(child, 'value'))
  return attribute || ownText(value ?? element)
}

function ownText(element: Element): string {
  let text = ''
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE) text += node.nodeValue ?? ''
  }
  return text
}

function childrenOf(element: Element): Element[] {
  const children: Element[] = []
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === node.ELEMENT_NODE) children.push(node as Element)
  }
  return children
}

const isRdf = (element: Element, name: string): boolean =>
  element.namespaceURI === namespaces.rdf && element.localName === name
