export { faults } from './faults.ts'
export { type DriveServer, startDriveServer } from './server.ts'
