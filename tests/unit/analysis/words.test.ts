import { expect, test } from 'vitest'
import { wordsOfFileName, wordsOfFolderName, wordsOfText } from '../../../src/main/analysis/builtin/words.ts'

test.each([
  ['red_tulip-field.png', ['red', 'tulip', 'field']],
  ['myRedTulip.png', ['red', 'tulip']],
  ['HTMLPageSketch.png', ['page', 'sketch']],
  ['sunset at the beach (2).JPG', ['sunset', 'beach']],
  ['beach2.jpg', ['beach']],
  ["mom's garden.jpeg", ['mom', 'garden']],
  ['Straße am Meer.jpg', ['straße', 'meer']],
  ['Кошка.на.окне.jpg', ['кошка', 'на', 'окне']],
  ['猫と犬.png', ['猫と犬']],
  ['हिन्दी चित्र.png', ['हिन्दी', 'चित्र']],
  ['cafe\u0301.png', ['café']],
  ['tulip_tulip_Tulip.png', ['tulip']],
  ['tulip', ['tulip']],
  ['.png', []],
  ['', []],
  ['🎨.png', []],
])('reads the words of the file name %j', (name, words) => {
  expect(wordsOfFileName(name)).toEqual(words)
})

test.each([
  'IMG_1234.JPG',
  'DSC00042.ARW',
  'DSCN0001.jpg',
  '_DSC1234.NEF',
  'P1010001.JPG',
  'PXL_20230101_123456789.jpg',
  'GOPR0001.JPG',
  'DJI_0042.JPG',
  'IMG-20240101-WA0003.jpg',
  'WhatsApp Image 2024-01-02 at 10.11.12.jpeg',
  'Screenshot 2024-01-02 at 10.11.12.png',
  'Bildschirmfoto 2023-01-01 um 10.00.00.png',
  'Screen Shot 2020-01-01 at 1.02.03 PM.png',
  'scan0001.tif',
  '20240102_101112.jpg',
  '2024-01-02.png',
  '550e8400-e29b-41d4-a716-446655440000.jpg',
  'c4b3fed40deae59f4d296b8f12b0ece7.png',
  'deadbeef1234cafe.png',
  'x7k2p9q.png',
  'fed40deae.png',
  'deadbeef-face-4bad-babe-facadedecade.jpg',
  'deadbee4facadedecade.png',
  'untitled.png',
  'final_v2 copy.png',
  'Unbenannt-1.jpg',
])('reads no words in %j', name => {
  expect(wordsOfFileName(name)).toEqual([])
})

test.each([
  ['2019-07 Norwegen', ['2019', 'norwegen']],
  ['Holland Trip', ['holland', 'trip']],
  ['1999', ['1999']],
  ['v.1.2 Castles', ['castles']],
  ['20190412', []],
  ['100CANON', []],
  ['DCIM', []],
  ['Camera Roll', []],
  ['Neuer Ordner (2)', []],
  ['New Folder', []],
  ['png', []],
  ['Exported images', []],
])('reads the words of the folder name %j', (name, words) => {
  expect(wordsOfFolderName(name)).toEqual(words)
})

test('leaves out the words that say nothing, English and German', () => {
  expect(wordsOfText('The boats that were in the harbour, und die Möwen über dem Wasser')).toEqual([
    'boats',
    'harbour',
    'möwen',
    'wasser',
  ])
})

test('takes no time over very long names', () => {
  for (const long of [
    'a'.repeat(1_000_000),
    'aB'.repeat(500_000),
    '-'.repeat(1_000_000),
    'f0'.repeat(500_000),
    "'s".repeat(500_000),
  ]) {
    expect(wordsOfFileName(long).length).toBeLessThan(300)
  }
})

test('addresses give no words', () => {
  expect(
    wordsOfText('Tulips by ann.gardner@gmail.com, see https://www.gardner.example/tulips?x=1 or www.leaf.example'),
  ).toEqual(['tulips', 'see'])
})
