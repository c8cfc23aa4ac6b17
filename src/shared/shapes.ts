/**
 * The proportions of a picture in a byte, so that those of a million fit into a megabyte: steps of 1.7 % of width to height,
 * from 1 : 8 to 8 : 1. 0 where they are not known.
 */
export const stepsPerDoubling = 42
export const squareShape = 128

/** Width to height; 1 where it is not known. */
export const ratioOf = (shape: number): number => (shape === 0 ? 1 : 2 ** ((shape - squareShape) / stepsPerDoubling))
