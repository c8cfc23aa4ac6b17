const show = files => {
  const paths = [...files].map(file => `${file.name} is ${window.tiny.pathOf(file)}`)
  document.querySelector('#dropped').textContent = paths.join('; ')
}
addEventListener('dragover', event => event.preventDefault())
addEventListener('drop', event => {
  event.preventDefault()
  show(event.dataTransfer.files)
})
addEventListener('change', event => show(event.target.files))
