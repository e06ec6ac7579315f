import type { RunNotebookRequest } from '@strongroom/contracts';
import { JobFailure } from './job-failure.ts';

type Parameters = RunNotebookRequest['parameters'];
type Value = Parameters[string];

interface Translation {
  readonly comment: string;
  assign(name: string, value: Value): string;
}

const python: Translation = {
  comment: '# Parameters',
  assign: (name, value) => {
    if (typeof value === 'boolean') return `${name} = ${value ? 'True' : 'False'}`;
    return `${name} = ${JSON.stringify(value)}`;
  },
};

const r: Translation = {
  comment: '# Parameters',
  assign: (name, value) => {
    // A name in R cannot begin so; papermill leaves it out too.
    const legalName = name.replace(/^_+/, '');
    if (typeof value === 'boolean') return `${legalName} = ${value ? 'TRUE' : 'FALSE'}`;
    return `${legalName} = ${JSON.stringify(value)}`;
  },
};

const javaScript: Translation = {
  comment: '// Parameters',
  assign: (name, value) => `var ${name} = ${JSON.stringify(value)};`,
};

const bash: Translation = {
  comment: '# Parameters',
  // Within single quotes nothing means anything but the quote itself.
  assign: (name, value) => `${name}='${String(value).replaceAll("'", `'\\''`)}'`,
};

const translations: ReadonlyMap<string, Translation> = new Map([
  ['python', python],
  ['r', r],
  ['javascript', javaScript],
  ['typescript', javaScript],
  ['bash', bash],
]);

/** The source of the cell that sets the parameters, as papermill writes it. */
export function formatParameters(parameters: Parameters, language: string): string {
  const translation = translations.get(language.toLowerCase());
  if (translation === undefined) {
    throw new JobFailure(
      'ParametersNotSupported',
      `Parameters can be given to notebooks in Python, R, JavaScript, TypeScript and Bash, not in "${language}"`,
    );
  }
  const lines = Object.entries(parameters).map(([name, value]) => translation.assign(name, value));
  return `${[translation.comment, ...lines].join('\n')}\n`;
}
