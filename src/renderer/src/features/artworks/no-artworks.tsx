import { goToArtworks } from '../../lib/artworks.ts'
import { goToImportTable, goToLibrary } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

export function NothingFound() {
  return (
    <EmptyState
      icon="search"
      title="No artwork is like that"
      action={
        <Button kind="primary" keyName="Escape" onClick={goToArtworks}>
          Show all
        </Button>
      }
    >
      Look for another word, or in all statuses and series.
    </EmptyState>
  )
}

export function NoArtworks() {
  return (
    <EmptyState
      icon="artwork"
      title="No artworks yet"
      action={
        <p className="form-actions">
          <Button kind="primary" keyName="Escape" onClick={goToLibrary}>
            Choose pictures
          </Button>
          <Button icon="table" onClick={goToImportTable}>
            Import a table
          </Button>
        </p>
      }
    >
      An artwork is one or several pictures with a title, a year, a size and a price. Select pictures of a work and
      press A: what their files and descriptions say is filled in for you to confirm. An inventory that you have already
      comes in as a table.
    </EmptyState>
  )
}
