/** What the browser shows at the end of a sign-in: no script, nothing fetched, and no reason to stay. */
export function redirectPage(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Burg Ink</title>
<style>
  :root { color-scheme: dark }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; justify-items: center; gap: 12px;
    background: #141416; color: #ececee; font: 16px/1.5 system-ui, sans-serif; text-align: center }
  h1 { margin: 0; font-size: 24px; font-weight: 600 }
  p { margin: 0; padding: 0 24px; max-width: 46ch; color: #a3a3ab }
</style>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
<p>You can close this window.</p>
</html>
`
}

/** `style-src` allows the one style above; nothing else may load, run or be framed. */
export const redirectPageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-store',
  // The address of this page holds the code.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, character => entities[character] ?? '')
