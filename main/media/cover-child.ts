/** The process that covers one picture from outside: told by JSON on standard input, it reads it, writes the PNG to standard output, and ends. */
import { text } from 'node:stream/consumers';
import { type Covering, coverBoxes, labelledPng, NO_PICTURE } from './cover.ts';
import { openMedia } from './open.ts';

const { path, claimedExtension, scratchFolder, boxes, label } = JSON.parse(await text(process.stdin)) as Covering;
await using media = await openMedia(path, { claimedExtension, scratchFolder });
if (media.info.kind === 'image')
  process.stdout.write(await labelledPng(await coverBoxes(await media.picture(), boxes), label));
else process.exitCode = NO_PICTURE;
