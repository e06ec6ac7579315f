import type { ControlReport } from '@strongroom/contracts';
import { StartError } from '../start-error.ts';

type Inspected = Omit<ControlReport, 'accepted'>;

export interface JudgedControls {
  readonly controls: ControlReport[];
  /** Named in `acceptUnenforced` although no control has that name. */
  readonly unknownNames: string[];
}

/**
 * Holds what this host enforces against what the domain file accepts that it does not.
 *
 * @throws {StartError} `ControlsNotEnforced` naming each control, why, its mend and the line that would accept it
 */
export function judgeControls(
  inspected: readonly Inspected[],
  {
    acceptUnenforced,
    ignored = [],
    fileName,
  }: {
    acceptUnenforced: readonly string[];
    /** What this domain does not ask for. */
    ignored?: readonly string[];
    fileName: string;
  },
): JudgedControls {
  const controls = inspected.map((report) => ({
    ...report,
    accepted: report.state !== 'enforced' && acceptUnenforced.includes(report.control),
  }));
  const refused = controls.filter(
    ({ control, state, accepted }) =>
      state !== 'enforced' && !accepted && !ignored.includes(control),
  );
  const known = new Set(controls.map(({ control }) => control));
  const unknownNames = acceptUnenforced.filter((name) => !known.has(name));
  if (refused.length === 0) return { controls, unknownNames };
  // Names that no control has stay out of the line, or the next start would refuse them.
  const line = [...acceptUnenforced, ...refused.map(({ control }) => control)]
    .filter((name) => known.has(name))
    .join(', ');
  throw new StartError(
    'ControlsNotEnforced',
    [
      'Strongroom does not start, because this machine does not hold every control:',
      '',
      ...refused.flatMap(explain),
      'Mend them, or start without them at your own risk with this line in',
      `${fileName} (instead of the one that begins with acceptUnenforced):`,
      '',
      `acceptUnenforced: [${line}]`,
    ].join('\n'),
  );
}

function explain({ control, state, detail, remedy }: ControlReport): string[] {
  const degree = state === 'partial' ? 'holds in part' : 'does not hold';
  return [`  ${control} ${degree}: ${detail}`, ...(remedy ? [`    Mend: ${remedy}`] : []), ''];
}
