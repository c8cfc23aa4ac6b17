import { diskPlace } from '../../library/index.ts'
import type { JobRooms } from '../rooms.ts'

/** Whether originals take more room on the disk than they are given. */
export function isOverBudget({ library, cloud }: Pick<JobRooms, 'library' | 'cloud'>): boolean {
  const budgetBytes = cloud.localBudgetBytes()
  return budgetBytes !== null && library.copies.total(diskPlace).bytes > budgetBytes
}
