/**
 * In a page: resolves with the frame in which every picture in view is there and decoded. As text, because it runs in browsers
 * and in Electron's windows.
 */
export const untilPicturesDrawn = `new Promise(resolve => {
  const look = () => {
    const view = document.querySelector('.grid-scroller')?.getBoundingClientRect()
    const cells = [...document.querySelectorAll('.cell:not([hidden], .is-failed)')].filter(cell => {
      const { top, bottom } = cell.getBoundingClientRect()
      return view && bottom > view.top && top < view.bottom
    })
    const isDrawn = cell => cell.querySelector('.cell-image:not([hidden])')?.complete
    if (cells.length > 0 && cells.every(isDrawn)) resolve(cells.length)
    else requestAnimationFrame(look)
  }
  look()
})`
