import { messageOf, useCall } from '../../lib/api.ts'
import { type Command, useCommands } from '../../lib/commands.ts'
import type { AnalysisOverview } from '../../lib/contract.ts'
import { type DescribePart, describeParts, go, goToLibrary, useRoute } from '../../lib/route.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ScreenParts } from '../../ui/screen-parts.tsx'
import { PromptsPart } from './prompts-part.tsx'
import { spentLine } from './run-lines.ts'
import { RunsPart } from './runs-part.tsx'
import { SetupPart } from './setup-part.tsx'
import { WordsPart } from './words-part.tsx'
import './describing.css'

const partTitles: Record<DescribePart, string> = {
  runs: 'Runs',
  setup: 'Set-up',
  prompts: 'Prompts',
  words: 'Your words',
}

const partOf: Record<DescribePart, React.ComponentType<{ overview: AnalysisOverview }>> = {
  runs: RunsPart,
  setup: SetupPart,
  prompts: PromptsPart,
  words: WordsPart,
}

const goToPart = (part: DescribePart): void => go({ screen: 'describe', describe: part }, { replaces: true })

const partCommands = describeParts.map<Command>((part, place) => ({
  id: `describe.${part}`,
  title: `Descriptions: ${partTitles[part].toLowerCase()}`,
  group: 'Descriptions',
  keys: [String(place + 1)],
  run: () => goToPart(part),
}))

/** Who describes pictures, with what words, what it costs, and what is being described. */
export function DescribeScreen() {
  const overview = useCall('analysis.overview', {})
  const { describe } = useRoute()
  useCommands([
    ...partCommands,
    { id: 'describe.back', title: 'Back to the pictures', group: 'Descriptions', keys: ['Escape'], run: goToLibrary },
  ])
  const Part = partOf[describe]
  return (
    <main className="describe">
      <header className="top-bar">
        <IconButton icon="previous" label="Back to the pictures (Esc)" onClick={goToLibrary} />
        <h1>Descriptions</h1>
        <ScreenParts label="Descriptions" titles={partTitles} current={describe} onOpen={goToPart} />
        <span className="top-bar-gap" />
        <span className="describe-spent">{overview.data && spentLine(overview.data)}</span>
      </header>
      <div className="describe-content">
        {overview.data && <Part key={describe} overview={overview.data} />}
        {overview.error && !overview.data && (
          <EmptyState
            icon="failed"
            title="The descriptions could not be read"
            action={<Button onClick={() => void overview.refetch()}>Try again</Button>}
          >
            {messageOf(overview.error)}
          </EmptyState>
        )}
      </div>
    </main>
  )
}
