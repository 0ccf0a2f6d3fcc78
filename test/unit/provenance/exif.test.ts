import { exifAnalyzer } from '../../../main/provenance/analyzers/exif.ts';
import { factsOfBytes, valuesOf } from './examine.ts';
import * as p from './pieces.ts';

test('the zones of capture, digitising and change are each read from their own field', async () => {
  const exif = p.exifBlock(
    [[0x132, '2024:05:02 12:00:00']],
    [
      [0x9003, '2024:05:02 10:00:00'],
      [0x9004, '2024:05:02 11:00:00'],
      [0x9010, '+09:00'],
      [0x9011, '+08:00'],
      [0x9012, '-05:30'],
    ],
  );
  const facts = await factsOfBytes([exifAnalyzer], p.jpegFile(p.exifSegment(exif)));
  const zones = ['exif.offsetTime', 'exif.offsetTimeOriginal', 'exif.offsetTimeDigitized'];
  expect(zones.map((id) => valuesOf(facts, id))).toEqual([['+09:00'], ['+08:00'], ['-05:30']]);
});
