import type { TemplateChange } from './compare-templates.ts';

const marks = { added: '+', removed: '-', changed: '~' } as const;

/** A line for each change, the refused ones with their reason. */
export function describeChanges(changes: readonly TemplateChange[]): string[] {
  if (changes.length === 0) return ['Nothing changes'];
  const lines = changes.flatMap(({ stackName, logicalId, type, kind, properties, refusal }) => {
    const which = properties.length === 0 ? '' : `: ${properties.join(', ')}`;
    const line = `${marks[kind]} ${stackName} ${type} ${logicalId}${which}`;
    return refusal === undefined ? [line] : [line, `  ✗ ${refusal.code}: ${refusal.reason}`];
  });
  const refused = changes.filter(({ refusal }) => refusal !== undefined).length;
  const count = (kind: TemplateChange['kind']) =>
    changes.filter((change) => change.kind === kind).length;
  return [
    ...lines,
    `${count('added')} added, ${count('removed')} removed, ${count('changed')} changed, ${refused} refused`,
  ];
}
