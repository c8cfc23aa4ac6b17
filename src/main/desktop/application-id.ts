/** By which Windows knows whose notifications and place in the taskbar are whose: what the installer says, too. */
export const applicationId = 'ink.burg.app'
