interface Place {
  /** Undefined: the open picture is not listed any more, as a mark took it out, or its place is not known. */
  index: number | undefined
  /** Where it stood when it was listed last. */
  last: number
  total: number
}

/** A picture that left the list has made room: the next one has moved up into its place. */
export function placeToStepTo({ index, last, total }: Place, distance: number): number {
  if (index !== undefined) return index + distance
  const place = distance > 0 ? last + distance - 1 : last + distance
  return Math.max(0, Math.min(place, total - 1))
}
