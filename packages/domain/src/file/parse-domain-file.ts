import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
} from 'yaml';
import type { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import { mendOf } from './domain-file-mends.ts';
import {
  cannotUse,
  DomainFileError,
  type DomainFileIssue,
  type DomainFileProblem,
  formatPath,
  type Path,
  valueAt,
} from './domain-file-problem.ts';
import { findReferenceIssues } from './domain-file-references.ts';
import { type DomainFileContent, domainFileSchema, knownKeysAt } from './domain-file-schema.ts';

export interface ParsedDomainFile {
  readonly content: DomainFileContent;
  readonly document: Document.Parsed;
  /** An error at the given places of this file, for what only the machine can tell. */
  refuse(issues: readonly DomainFileIssue[]): DomainFileError;
}

const maximumFileCharacters = 4 * 1024 * 1024;
/** Each alias could repeat a large part; a domain file needs few or none. */
const maximumAliasCount = 100;

/** @throws {DomainFileError} with every problem of the text */
export function parseDomainFile(text: string, fileName: string): ParsedDomainFile {
  const lineCounter = new LineCounter();
  if (text.length > maximumFileCharacters) {
    const sentence = `cannot read ${text.length} characters: at most ${maximumFileCharacters} are`;
    throw new DomainFileError(fileName, [{ line: 1, column: 1, sentence }]);
  }
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const refuse = (issues: readonly DomainFileIssue[]) =>
    new DomainFileError(
      fileName,
      issues
        .map((issue) => ({ ...positionOf(document, lineCounter, issue), sentence: issue.sentence }))
        .sort(byPosition),
    );

  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => {
      const { line, col } = lineCounter.linePos(pos[0]);
      return { line, column: col, sentence: `cannot read this as YAML: ${firstLine(message)}` };
    });
    throw new DomainFileError(fileName, problems.sort(byPosition));
  }
  const data = toPlainData(document, refuse);
  const parsed = domainFileSchema.safeParse(data);
  const issues = [
    ...(parsed.success
      ? []
      : parsed.error.issues.flatMap((issue) => describe(issue, data, document))),
    ...findReferenceIssues(data),
  ];
  if (!parsed.success || issues.length > 0) throw refuse(withoutRepeats(issues));
  return { content: parsed.data, document, refuse };
}

function toPlainData(
  document: Document.Parsed,
  refuse: (issues: readonly DomainFileIssue[]) => DomainFileError,
): unknown {
  try {
    return document.toJS({ maxAliasCount: maximumAliasCount });
  } catch {
    const sentence = `cannot use this many aliases (*name): at most ${maximumAliasCount} are read (write the values out)`;
    throw refuse([{ path: [], sentence }]);
  }
}

function describe(
  issue: z.core.$ZodIssue,
  data: unknown,
  document: Document.Parsed,
): DomainFileIssue[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => describeUnknownKey(path, key));
  }
  const value = valueAt(data, path);
  if (value === undefined) {
    return [{ path, sentence: `${formatPath(path)} is missing (${mendOf(path)})` }];
  }
  return [cannotUse({ path, value, mend: mendOf(path), written: asWritten(document, path) })];
}

/** A number as it stands in the file, where `000000000000` has become 0. */
function asWritten(document: Document.Parsed, path: Path): string | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isScalar(node) || typeof node.value !== 'number') return undefined;
  return node.source;
}

function describeUnknownKey(parent: Path, key: string): DomainFileIssue {
  const path = [...parent, key];
  const known = knownKeysAt(parent);
  const meant = didYouMean(key, known);
  const mend = meant === undefined ? `known here: ${known.join(', ')}` : `did you mean ${meant}?`;
  return {
    path,
    atKey: true,
    sentence: `cannot use the unknown key ${formatPath(path)} (${mend})`,
  };
}

/** Where the value is written; where it is missing, the place of the group it is missing from. */
function positionOf(document: Document.Parsed, lineCounter: LineCounter, issue: DomainFileIssue) {
  const offset = offsetOf(document, issue) ?? 0;
  const { line, col } = lineCounter.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function offsetOf(document: Document.Parsed, { path, atKey }: DomainFileIssue): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const isWhole = length === path.length;
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const found = isNode(node) && (isWhole || isCollection(node)) ? node.range?.[0] : undefined;
    const wantsKey = (isWhole && (atKey || found === undefined)) || (!isWhole && length > 0);
    const key = wantsKey ? keyOffset(document, path.slice(0, length)) : undefined;
    const offset = key ?? found;
    if (offset !== undefined) return offset;
  }
  return undefined;
}

function keyOffset(document: Document.Parsed, path: Path): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  for (const pair of parent.items) {
    if (isScalar(pair.key) && pair.key.value === path.at(-1)) return pair.key.range?.[0];
  }
  return undefined;
}

/** One place is told once: a value of the wrong type would also be no known team. */
function withoutRepeats(issues: readonly DomainFileIssue[]): DomainFileIssue[] {
  const byPath = new Map<string, DomainFileIssue>();
  for (const issue of issues) {
    const name = formatPath(issue.path);
    if (!byPath.has(name)) byPath.set(name, issue);
  }
  return [...byPath.values()];
}

function byPosition(left: DomainFileProblem, right: DomainFileProblem): number {
  return left.line - right.line || left.column - right.column;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
