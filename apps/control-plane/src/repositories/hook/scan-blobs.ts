import { spawn } from 'node:child_process';
import { type ScanRules, scanNotebook, scanText } from '@strongroom/content-scan';
import type { PushFinding, PushSettings } from '../push/push-messages-schema.ts';
import type { NewBlob } from './new-blobs.ts';
import { readBatch } from './read-batch.ts';

/** Larger files are data and not written by hand; they are not looked into. */
const maximumScannedBytes = 5 * 1024 ** 2;
/** As Git tells text from the rest: no NUL where it begins. */
const lookedAtBytes = 8_000;
const maximumFindings = 2_000;

/** What the domain's rules find in the text files and notebooks of a push. */
export async function scanBlobs(
  blobs: readonly NewBlob[],
  { scanRules }: PushSettings,
): Promise<PushFinding[]> {
  const scanned = blobs.filter(
    ({ sizeBytes }) => sizeBytes > 0 && sizeBytes <= maximumScannedBytes,
  );
  if (scanned.length === 0) return [];
  const child = spawn('git', ['cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${scanned.map(({ objectId }) => objectId).join('\n')}\n`);
  const found: PushFinding[] = [];
  let index = 0;
  for await (const content of readBatch(child.stdout)) {
    const blob = scanned[index];
    index += 1;
    if (blob === undefined || found.length >= maximumFindings) continue;
    if (content.subarray(0, lookedAtBytes).includes(0)) continue;
    for (const finding of await scanBlob(blob, content, scanRules)) found.push(finding);
  }
  if (index === scanned.length) return found;
  throw new Error('Cannot look at the push: not all of it could be read');
}

async function scanBlob(
  { commit, path }: NewBlob,
  content: Buffer,
  rules: ScanRules,
): Promise<PushFinding[]> {
  const text = content.toString('utf8');
  const notebook = path.endsWith('.ipynb') ? parsedObject(text) : undefined;
  if (notebook !== undefined) {
    const findings = await scanNotebook(notebook, rules);
    return findings.map(({ rule, action, cellIndex, cellId, line, masked }) => ({
      ...{ level: action, rule, commit, path, line, masked },
      cell: cellId === null && cellIndex === 0 ? null : cellIndex,
    }));
  }
  const findings = await scanText(text, rules);
  return findings.flatMap(({ rule, line, masked }) => {
    const level = rules[rule];
    return level === 'off' ? [] : [{ level, rule, commit, path, cell: null, line, masked }];
  });
}

/** What is broken is read as text. */
function parsedObject(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}
