import { actionForApiName } from './api-names.ts';
import { error, type Finding, quote } from './finding.ts';
import { findLookAlike } from './look-alikes.ts';
import { nearestWord } from './nearest-word.ts';
import type { ActionOutcome, ResolvedAction } from './resolve-actions.ts';
import type { StatementReading } from './statement-reading.ts';

/** Do the entries of `Action` and `NotAction` name actions that exist? */
export function* checkActions(statement: StatementReading): Iterable<Finding> {
  for (const action of statement.actions) {
    // A look-alike has its own finding, which names the character.
    if (action.text === '' || findLookAlike(action.text) !== undefined) continue;
    yield* checkAction(action, statement);
  }
}

function* checkAction(action: ResolvedAction, statement: StatementReading): Iterable<Finding> {
  const { path, text, outcome } = action;
  if (text.includes('${')) {
    yield error('UnresolvableVariable', path, {
      message: `Write ${quote(text)} without a variable: actions have none`,
      korean: `${quote(text)} 값을 변수 없이 쓰세요. 작업에는 변수를 쓸 수 없습니다`,
    });
    return;
  }
  switch (outcome.kind) {
    case 'malformed':
      yield error('UnknownAction', path, {
        message: `Write ${quote(text)} as "service:Action", such as "s3:GetObject"`,
        korean: `${quote(text)} 값을 "s3:GetObject"처럼 "서비스:작업" 꼴로 쓰세요`,
      });
      return;
    case 'unknown-service':
      yield unknownService(action, outcome.prefix, statement);
      return;
    case 'resolved':
      if (outcome.actions.length === 0) yield unknownAction(action, outcome);
      return;
    case 'every':
    case 'unchecked':
      return;
  }
}

function unknownService(
  { path, text }: ResolvedAction,
  prefix: string,
  { vocabulary }: StatementReading,
): Finding {
  const meant = nearestWord(prefix, vocabulary.serviceNames);
  return error('UnknownService', path, {
    message: meant
      ? `Replace "${prefix}" with "${meant}" in ${quote(text)}: there is no such service`
      : `Replace "${prefix}" in ${quote(text)}: there is no such service`,
    korean: meant
      ? `${quote(text)}의 "${prefix}" 서비스를 "${meant}" 서비스로 바꾸세요. 그런 서비스는 없습니다`
      : `${quote(text)}의 "${prefix}" 서비스를 바꾸세요. 그런 서비스는 없습니다`,
  });
}

function unknownAction(
  { path, text }: ResolvedAction,
  { service, name }: Extract<ActionOutcome, { kind: 'resolved' }>,
): Finding {
  const names = [...service.actions.values()].map((action) => action.name);
  const isPattern = /[*?]/.test(name);
  const meant = isPattern
    ? undefined
    : (actionForApiName(service.prefix, name) ?? nearestWord(name, names));
  const suggestion = `${service.prefix}:${meant}`;
  const [english, korean] = isPattern
    ? ['no action matches it', '맞는 작업이 없습니다']
    : ['there is no such action', '그런 작업은 없습니다'];
  return error('UnknownAction', path, {
    message: meant
      ? `Replace ${quote(text)} with "${suggestion}": ${english}`
      : `Replace or remove ${quote(text)}: ${english}`,
    korean: meant
      ? `${quote(text)} 작업을 "${suggestion}" 작업으로 바꾸세요. ${korean}`
      : `${quote(text)} 작업을 바꾸거나 지우세요. ${korean}`,
  });
}
