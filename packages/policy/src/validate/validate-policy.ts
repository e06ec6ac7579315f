import { copyBounded } from '../document/copy-bounded.ts';
import { PolicyDocumentError } from '../document/policy-document-error.ts';
import type { PolicyKind } from '../policy-document.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { checkCharacters } from './check-characters.ts';
import { checkDocument } from './check-document.ts';
import { checkServicesLoaded } from './check-services-loaded.ts';
import { checkSids } from './check-sids.ts';
import { checkSize } from './check-size.ts';
import { checkStatement } from './check-statement.ts';
import { error, type Finding, warning } from './finding.ts';
import { type DocumentReading, readStatements } from './statement-reading.ts';

export interface ValidationOptions {
  /** What the document is to be attached to. */
  readonly kind: PolicyKind;
  readonly vocabulary: Vocabulary;
}

/** More than a person mends in one go; bounds the time that a document full of mistakes takes. */
const mostFindings = 200;

/**
 * Everything in a document that AWS would refuse, or that does not do what it looks like. A
 * document without errors is one that the evaluator reads.
 */
export function validatePolicy(document: unknown, options: ValidationOptions): Finding[] {
  const read = readBounded(document);
  if ('finding' in read) return [read.finding];
  const findings: Finding[] = [];
  for (const finding of allFindings(read.document, options)) {
    if (findings.length === mostFindings) return [...findings, tooManyFindings];
    findings.push(finding);
  }
  return findings;
}

/** Lazy, so that nothing is looked for once the findings are too many. */
function* allFindings(document: unknown, options: ValidationOptions): Iterable<Finding> {
  yield* checkDocument(document);
  const reading: DocumentReading = { ...options, document };
  const statements = readStatements(reading);
  yield* checkSize(reading, statements);
  yield* checkCharacters(reading);
  yield* checkSids(statements, options.kind);
  yield* checkServicesLoaded(statements);
  for (const statement of statements) yield* checkStatement(statement);
}

const tooManyFindings = warning('TooLarge', '', {
  message: `Mend these ${mostFindings} findings first: there are more`,
  korean: `먼저 이 ${mostFindings}개를 고치세요. 더 있습니다`,
});

/** The same bounds as the evaluator's: what it would refuse unread is not worth a close look. */
function readBounded(document: unknown): { document: unknown } | { finding: Finding } {
  try {
    return { document: copyBounded(document) };
  } catch (cause) {
    if (!(cause instanceof PolicyDocumentError)) throw cause;
    return { finding: unreadable(cause) };
  }
}

function unreadable({ code, path }: PolicyDocumentError): Finding {
  if (code === 'invalid-element') {
    return error('WrongType', path, {
      message: 'Give the document as parsed JSON: this is no JSON value',
      korean: '문서를 해석된 JSON으로 주세요. 이 값은 JSON이 아닙니다',
    });
  }
  return error('TooLarge', path, {
    message: 'Split the document: it is larger or deeper than any policy can be',
    korean: '문서를 나누세요. 정책이 가질 수 있는 크기나 깊이를 넘습니다',
  });
}
