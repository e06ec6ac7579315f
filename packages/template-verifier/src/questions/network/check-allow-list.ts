import { at, itemsOf, type Resource } from '../../graph/resource.ts';
import { isUnknown } from '../../resolve/unknown.ts';
import { broken, holds, undecided } from '../judge.ts';
import type { Finding } from '../question.ts';

const listPath = 'RuleGroup.RulesSource.RulesSourceList';
const textPath = 'RuleGroup.RulesSource.RulesString';

export function checkAllowList(group: Resource): readonly Finding[] {
  const text = at(group, textPath);
  if (isUnknown(text)) return [undecided(group, textPath, text)];
  if (typeof text === 'string') return checkRules(group, text);
  if (at(group, `${listPath}.GeneratedRulesType`) === 'DENYLIST') return [holds(group)];
  return itemsOf(at(group, `${listPath}.Targets`)).map((target) => {
    if (isUnknown(target)) return undecided(group, `${listPath}.Targets`, target);
    return judgeName(group, `${listPath}.Targets`, String(target));
  });
}

/** Suricata rules: what passes must match the server's name from its start to its end. */
function checkRules(group: Resource, text: string): readonly Finding[] {
  const passing = text.split('\n').filter((line) => /^\s*pass\s+(?:tls|http)\b/.test(line));
  return passing.map((line) => {
    const name = /content:\s*"([^"]*)"/.exec(line)?.[1];
    const exact = /\bstartswith\b/.test(line) && /\bendswith\b/.test(line);
    return judgeName(group, textPath, name === undefined || !exact ? `.${name ?? ''}` : name);
  });
}

function judgeName(group: Resource, path: string, name: string): Finding {
  if (!name.startsWith('.') && !name.includes('*') && !/(?:^|\.)amazonaws\.com$/.test(name)) {
    return holds(group, path);
  }
  return broken(group, path, {
    english: `"${name}" allows more than one server`,
    korean: `"${name}"은(는) 서버 하나가 아니라 여러 서버를 허용합니다`,
  });
}
