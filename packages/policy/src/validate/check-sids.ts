import { joinPath } from '../document/copy-bounded.ts';
import type { PolicyKind } from '../policy-document.ts';
import { notText } from './check-document.ts';
import { error, type Finding, quote } from './finding.ts';
import type { StatementReading } from './statement-reading.ts';

/** IAM's own kinds; services such as S3 take other characters in their policies as well. */
const strictKinds: readonly PolicyKind[] = ['identity', 'session', 'boundary', 'service-control'];
const strictPattern = /^[A-Za-z0-9]*$/;

export function* checkSids(
  statements: readonly StatementReading[],
  kind: PolicyKind,
): Iterable<Finding> {
  const firstPaths = new Map<string, string>();
  for (const { elements, path: statementPath } of statements) {
    const { Sid: sid } = elements;
    const path = joinPath(statementPath, 'Sid');
    if (sid === undefined) continue;
    if (typeof sid !== 'string') {
      yield notText(path);
      continue;
    }
    const first = firstPaths.get(sid);
    if (first !== undefined && sid !== '') yield duplicateSid(sid, path, first);
    firstPaths.set(sid, first ?? statementPath);
    if (strictKinds.includes(kind) && !strictPattern.test(sid)) yield invalidSid(sid, path);
  }
}

function duplicateSid(sid: string, path: string, first: string): Finding {
  return error('DuplicateSid', path, {
    message: `Rename ${quote(sid)}: ${first} has the same Sid`,
    korean: `${quote(sid)} 이름을 바꾸세요. ${first}의 Sid와 같습니다`,
  });
}

function invalidSid(sid: string, path: string): Finding {
  return error('InvalidSid', path, {
    message: `Rename ${quote(sid)}: IAM takes only A–Z, a–z and 0–9 in a Sid`,
    korean: `${quote(sid)} 이름을 바꾸세요. IAM의 Sid에는 A–Z, a–z, 0–9만 쓸 수 있습니다`,
  });
}
