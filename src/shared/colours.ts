/** The named colours a picture is filed under. Measured from pixels by `imaging`, filtered by in the page. */
export const colourNames = [
  'black',
  'grey',
  'white',
  'red',
  'orange',
  'brown',
  'yellow',
  'olive',
  'green',
  'teal',
  'cyan',
  'blue',
  'navy',
  'purple',
  'magenta',
  'pink',
  'beige',
] as const

export type ColourName = (typeof colourNames)[number]
