/** The one style sheet. What a page knows alone, proportions and colours of its pictures, it says in `--ratio`, `--most`, `--colour`. */
export const style = `:root {
  color-scheme: light dark;
  --ground: #fdfdfc;
  --text: #1d1d1c;
  --quiet: #62625f;
  --line: #dededa;
  --edge: clamp(1.25rem, 5vw, 4.5rem);
  --row: clamp(8.5rem, 22vw, 18rem);
  --small: 0.875rem;
  --large: 1.375rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #161615;
    --text: #e9e9e6;
    --quiet: #a3a39f;
    --line: #343432;
  }
}
* {
  box-sizing: border-box;
  margin: 0;
  padding: 0;
}
html {
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  text-size-adjust: 100%;
  -webkit-text-size-adjust: 100%;
}
body {
  display: flex;
  flex-direction: column;
  min-height: 100vh;
  padding: 0 var(--edge);
  overflow-wrap: anywhere;
}
main {
  flex: 1;
  width: 100%;
  max-width: 100rem;
  margin: 0 auto;
}
main:focus {
  outline: none;
}
ul {
  list-style: none;
}
h1 {
  font-size: var(--large);
  font-weight: 400;
  line-height: 1.35;
}
a {
  color: inherit;
  text-decoration-thickness: 1px;
  text-underline-offset: 0.2em;
}
a:focus-visible {
  outline: 2px solid currentColor;
  outline-offset: 4px;
}
img {
  display: block;
  height: auto;
  background: var(--colour);
}
.quiet, .year, figcaption {
  color: var(--quiet);
}
.unseen {
  position: absolute;
  overflow: hidden;
  width: 1px;
  height: 1px;
  clip-path: inset(50%);
  white-space: nowrap;
}
.skip {
  position: absolute;
  top: -5rem;
  left: var(--edge);
  z-index: 1;
  padding: 0.5rem 1rem;
  background: var(--text);
  color: var(--ground);
}
.skip:focus {
  top: 0.5rem;
}

header.site {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  justify-content: space-between;
  gap: 0.25rem 2rem;
  width: 100%;
  max-width: 100rem;
  margin: 0 auto;
  padding: clamp(1.5rem, 4vw, 3rem) 0 clamp(1.75rem, 5vw, 3.75rem);
}
.artist {
  font-weight: 600;
}
header.site a, .series a {
  text-decoration: none;
}
header.site a:hover, .series a:hover, header.site a[aria-current] {
  text-decoration: underline;
  text-decoration-thickness: 1px;
}
header.site ul, .series ul {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 1.5rem;
}
footer.site {
  width: 100%;
  max-width: 100rem;
  margin: 0 auto;
  padding: clamp(3rem, 8vw, 6rem) 0 2rem;
  color: var(--quiet);
  font-size: var(--small);
}
.series {
  display: flex;
  gap: 1.5rem;
  margin: 0 0 clamp(1.75rem, 4vw, 3rem);
  font-size: var(--small);
}
.heading {
  margin: 0 0 clamp(1.75rem, 4vw, 3rem);
}
.heading .quiet {
  font-size: var(--small);
}

/* Rows of one height: each work is as wide as its proportion, and a row is stretched to its width. */
.wall {
  display: flex;
  flex-wrap: wrap;
  gap: clamp(1.5rem, 3.5vw, 3rem) clamp(1rem, 2.5vw, 2.25rem);
}
.wall li {
  flex: var(--ratio) 1 calc(var(--ratio) * var(--row));
  min-width: 0;
  max-width: 100%;
}
/* The last row is not stretched. */
.wall::after {
  content: "";
  flex: 100000 1 0;
}
.wall img, .no-picture {
  width: 100%;
}
.no-picture {
  display: block;
  aspect-ratio: var(--ratio);
  border: 1px solid var(--line);
}
.wall a {
  display: block;
  text-decoration: none;
}
.wall a:hover cite {
  text-decoration: underline;
  text-decoration-thickness: 1px;
  text-underline-offset: 0.2em;
}
.name {
  display: block;
  /* Under a narrow picture it may go on below the gap. */
  margin: 0.6rem -0.9rem 0 0;
  font-size: var(--small);
  line-height: 1.4;
}

/* As high as a window has room for. */
.main {
  width: min(100%, 78vh * var(--ratio), var(--most));
}
.main img {
  width: 100%;
}
.beside {
  display: grid;
  gap: 2rem;
  margin-top: clamp(1.25rem, 3vw, 2rem);
}
.caption h1 {
  margin-bottom: 0.35rem;
}
h2 {
  margin-bottom: 0.35rem;
  color: var(--quiet);
  font-size: var(--small);
  font-weight: 400;
}
.prose {
  display: grid;
  gap: 1em;
  max-width: 62ch;
}
.further {
  margin-top: clamp(2.5rem, 6vw, 5rem);
}
.turn {
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: 0.75rem 2rem;
  margin-top: clamp(2.5rem, 6vw, 5rem);
  padding-top: 1.25rem;
  border-top: 1px solid var(--line);
}
.turn a {
  display: inline-flex;
  gap: 0.6em;
  text-decoration: none;
  font-style: italic;
}
.turn a:hover .words {
  text-decoration: underline;
  text-decoration-thickness: 1px;
  text-underline-offset: 0.2em;
}
.turn .arrow {
  font-style: normal;
}
.turn .next {
  flex-direction: row-reverse;
  margin-left: auto;
  text-align: right;
}
.about {
  display: grid;
  gap: 2.5rem;
}
address {
  font-style: normal;
}

@media (min-width: 64rem) {
  .upright {
    display: flex;
    gap: clamp(2rem, 4vw, 4rem);
    align-items: flex-start;
  }
  .upright .main {
    flex: none;
    width: min(100% - 22rem, 78vh * var(--ratio), var(--most));
  }
  .upright .beside {
    flex: 1;
    min-width: 0;
    margin-top: -0.3rem;
  }
}
@media (prefers-reduced-motion: no-preference) {
  .wall img, .turn a {
    transition: opacity 120ms;
  }
  .wall a:hover img {
    opacity: 0.9;
  }
}
@media print {
  :root {
    --ground: #fff;
    --text: #000;
    --quiet: #444;
    --line: #bbb;
    --row: 4.5cm;
    --edge: 0;
  }
  html {
    font-size: 10.5pt;
  }
  header.site nav, .series, .turn, .skip {
    display: none;
  }
  a {
    text-decoration: none;
  }
  .wall li, .main, .caption {
    break-inside: avoid;
  }
  .main {
    width: min(100%, 16cm * var(--ratio));
  }
  .upright {
    display: block;
  }
  img, .no-picture {
    print-color-adjust: exact;
  }
}
`

/** The one script; all that it leads to are links. */
export const keys = `// The arrow keys lead to the previous and the next work. Without this file the links do.
addEventListener('keydown', event => {
  const rel = { ArrowLeft: 'prev', ArrowRight: 'next' }[event.key]
  if (!rel || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  // Where there is something to scroll to, the keys do that.
  if (document.documentElement.scrollWidth > innerWidth || visualViewport?.scale > 1) return
  document.querySelector('a[rel="' + rel + '"]')?.click()
})
`
