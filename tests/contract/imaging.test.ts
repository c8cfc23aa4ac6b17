import { imagingHosts, whyNotHere } from '../support/imaging-hosts.ts'
import { describeImagingContract } from './imaging.contract.ts'

for (const host of Object.keys(imagingHosts)) describeImagingContract(host, whyNotHere(host))
