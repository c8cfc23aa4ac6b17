import { transport } from '../../lib/api.ts'
import { type Table, tablePieceBytes } from '../../lib/contract.ts'

/** Hands the file over, piece by piece, and has it read. */
export async function sendTable(file: File, onSent: (share: number) => void): Promise<Table> {
  const { id } = await transport.call('table.begin', { name: file.name, sizeBytes: file.size })
  for (let start = 0; start < file.size; start += tablePieceBytes) {
    const piece = await file.slice(start, start + tablePieceBytes).arrayBuffer()
    await transport.call('table.append', { id, base64: base64Of(new Uint8Array(piece)) })
    onSent(Math.min(1, (start + tablePieceBytes) / file.size))
  }
  return transport.call('table.read', { id })
}

/** As many arguments as a call takes everywhere. */
const argumentsMax = 8192

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += argumentsMax) {
    text += String.fromCharCode(...bytes.subarray(start, start + argumentsMax))
  }
  return btoa(text)
}
