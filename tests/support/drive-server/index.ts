export { faults } from './faults.ts'
export { startDriveServer } from './server.ts'
