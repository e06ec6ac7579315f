import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { ServerProcess } from './server-process.ts';

const rounds = 5;
const piece = randomBytes(1024 ** 2);
const megabytes = 1024;
const fileCount = 10_000;
const atOnce = 16;
const content = randomBytes(4096);
const peerName = 'the bare disk';

type Rates = Record<'write' | 'read' | 'smallWrite' | 'smallRead', number[]>;

/** A home under gocryptfs, and a folder beside it on the same disk. */
export async function measureHomeVolume(say: (text: string) => void): Promise<Measure[]> {
  const volume = await ServerProcess.start('home-volume-program');
  const { homeFolder = '', plainFolder = '' } = volume.facts;
  const ours: Rates = { write: [], read: [], smallWrite: [], smallRead: [] };
  const peer: Rates = { write: [], read: [], smallWrite: [], smallRead: [] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      await use(plainFolder, peer);
      await use(homeFolder, ours);
      say(`home, round ${round + 1} of ${rounds}`);
    }
  } finally {
    await volume.stop();
  }
  const row = (measure: string, name: keyof Rates, unit: 'MB/s' | '1/s'): Measure => ({
    ...{ measure, unit, ours: median(ours[name]), peer: median(peer[name]), peerName, bound: null },
  });
  return [
    row('home: 1 GiB written, with fsync', 'write', 'MB/s'),
    row('home: 1 GiB read, from the cache', 'read', 'MB/s'),
    row('home: 10,000 files of 4 KB made, 16 at a time', 'smallWrite', '1/s'),
    row('home: the same, read', 'smallRead', '1/s'),
  ];
}

async function use(folder: string, rates: Rates): Promise<void> {
  const path = join(folder, 'large.bin');
  rates.write.push(megabytes / (await secondsOf(() => writeLarge(path))));
  rates.read.push(megabytes / (await secondsOf(() => readLarge(path))));
  await rm(path);
  const smallFolder = join(folder, 'small');
  await mkdir(smallFolder);
  const paths = Array.from({ length: fileCount }, (_, index) => join(smallFolder, `${index}`));
  const write = (each: string) => writeFile(each, content);
  rates.smallWrite.push(fileCount / (await secondsOf(() => all(paths, write))));
  rates.smallRead.push(fileCount / (await secondsOf(() => all(paths, (each) => readFile(each)))));
  await rm(smallFolder, { recursive: true });
}

async function writeLarge(path: string): Promise<void> {
  const file = await open(path, 'w');
  for (let count = 0; count < megabytes; count += 1) await file.write(piece);
  await file.sync();
  await file.close();
}

async function readLarge(path: string): Promise<void> {
  const file = await open(path);
  const buffer = Buffer.allocUnsafe(piece.length);
  while ((await file.read(buffer, 0, buffer.length)).bytesRead > 0);
  await file.close();
}

async function all(paths: string[], work: (path: string) => Promise<unknown>): Promise<void> {
  let next = 0;
  const go = async () => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) await work(path);
  };
  await Promise.all(Array.from({ length: atOnce }, go));
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}
