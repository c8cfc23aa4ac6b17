/** English and German words that join others and say nothing alone, from three letters on. */
export const stopWords: ReadonlySet<string> = new Set(
  `about after all also and any are because been before being below between both but can could did does doing down during
  each for from further had has have having her here hers him his how into its itself just more most nor not now off once
  only other our out over own same she should some such than that the their them then there these they this those through
  too under until very was were what when where which while who whom why will with would you your
  aber als am an auch auf aus bei beim bis das dass dem den der des die diese dieser dieses doch dort du durch ein eine
  einem einen einer eines er es für hat hier ich ihr ihre im in ist kein keine man mein meine mit nach nicht noch nur ob
  oder ohne sein seine sich sie sind so über um und uns unser unter vom von vor war was weil wenn wer wie wir wird zu zum zur`.split(
    /\s+/,
  ),
)

/** What cameras, phones, programs and tidy people put into names of files and folders. */
export const noiseWords: ReadonlySet<string> = new Set(
  `img imgs imgp dsc dscn dscf pxl mvimg mov vid gopr dji cimg hpim pict pano burst cover bokeh hdr raw whats app cr2 nef dng
  image images picture pictures photo photos pic pics bild bilder foto fotos fotografien scan scans scanned screenshot
  screenshots screen shot bildschirmfoto bildschirmfotos capture capturas camera cam roll kamera whatsapp signal telegram
  instagram facebook snapchat received sent media medien dcim
  jpg jpeg png gif webp avif tif tiff svg psd heic pdf
  album albums archive archiv backup backups collection data daten default desktop document documents dokumente download
  downloads draft drafts edit edited edits entwurf export exported exports file files final folder folders gallery home
  import imported imports kopie kopien copy copies library misc miscellaneous neu neue neuer neues new old alt alte
  original originals ordner output preview previews public project projects projekt projekte resized sample samples
  sonstiges stuff sync temp test tests thumb thumbnail thumbnails thumbs tmp todo unbenannt unsorted unsortiert untitled
  upload uploads user users various ver version verschiedenes web wip
  small medium large big low high res resolution full size thumb mini max min px dpi copyright unsplash pexels pixabay
  shutterstock istock`.split(/\s+/),
)
