import { styleText } from 'node:util';
import type { ControlReport } from '@strongroom/contracts';

const marks = { enforced: '✓', partial: '!', unenforced: '✗' } as const;
const colors = { enforced: 'green', partial: 'yellow', unenforced: 'red' } as const;

/** The table that `strongroom doctor` prints, line by line. */
export function describeControls(
  controls: readonly ControlReport[],
  hasColors: boolean,
): readonly string[] {
  const width = Math.max(...controls.map(({ control }) => control.length));
  const indent = ' '.repeat(width + 20);
  const rows = controls.flatMap(({ control, state, detail, remedy, accepted }) => {
    const label = `${marks[state]} ${control.padEnd(width)}  ${state.padEnd(10)}`;
    const shown = hasColors ? styleText(colors[state], label) : label;
    return [
      `  ${shown}    ${detail}`,
      ...(remedy === null ? [] : [`${indent}→ ${remedy}`]),
      ...(accepted ? [`${indent}→ accepted: this does not count as a failure`] : []),
    ];
  });
  return [
    'What this machine enforces, each tried in a sandbox just now:',
    '',
    ...rows,
    '',
    summarize(controls),
  ];
}

function summarize(controls: readonly ControlReport[]): string {
  const missing = controls.filter(({ state }) => state !== 'enforced');
  const names = missing.filter(({ accepted }) => !accepted).map(({ control }) => control);
  if (missing.length === 0) return `All ${controls.length} controls hold.`;
  if (names.length === 0) return `What does not fully hold is accepted.`;
  return `${names.length} of ${controls.length} do not fully hold. Strongroom starts without them only where strongroom.yaml says so: acceptUnenforced: [${names.join(', ')}]`;
}
