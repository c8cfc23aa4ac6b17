/** The `desc` tag of an ICC profile, ICC.1:2022 sections 7.3 and 10.15 (`mluc`), and ICC.1:2001 section 6.5.17 (`desc`). */
export function profileName(icc: Buffer): string | undefined {
  try {
    const description = findTag(icc, 'desc')
    if (!description) return undefined
    const type = description.toString('latin1', 0, 4)
    if (type === 'desc') return description.toString('latin1', 12, 12 + description.readUInt32BE(8) - 1)
    return type === 'mluc' ? firstRecord(description) : undefined
  } catch {
    // Offsets that point outside.
    return undefined
  }
}

function findTag(icc: Buffer, signature: string): Buffer | undefined {
  const count = Math.min(icc.readUInt32BE(128), 100)
  for (let at = 132; at < 132 + count * 12; at += 12) {
    if (icc.toString('latin1', at, at + 4) !== signature) continue
    const offset = icc.readUInt32BE(at + 4)
    return icc.subarray(offset, offset + icc.readUInt32BE(at + 8))
  }
  return undefined
}

/** The first language of a multi-localised text, in big-endian UTF-16. */
function firstRecord(text: Buffer): string {
  const length = text.readUInt32BE(20)
  const offset = text.readUInt32BE(24)
  return new TextDecoder('utf-16be').decode(text.subarray(offset, offset + length))
}
