import type { ColourName } from '../lib/contract.ts'

/** One plain colour to stand for each name. */
export const swatches: Record<ColourName, string> = {
  black: '#151515',
  grey: '#888888',
  white: '#f5f5f5',
  red: '#d22f2f',
  orange: '#e8822a',
  brown: '#7d5233',
  yellow: '#ebc934',
  olive: '#7f8432',
  green: '#3e9b4f',
  teal: '#1f8a84',
  cyan: '#3fc1d6',
  blue: '#3273d6',
  navy: '#22305f',
  purple: '#7a49b8',
  magenta: '#c93b9c',
  pink: '#ec9ab4',
  beige: '#dccdae',
}

export function Swatch({ colour }: { colour: string }) {
  return <span className="swatch" style={{ background: colour }} />
}
