import { config } from 'zod'

// The page's content policy forbids `eval`. Without this, zod probes for it and the browser reports a violation.
// Imported first by main.tsx: schemas decide when they are built.
config({ jitless: true })
