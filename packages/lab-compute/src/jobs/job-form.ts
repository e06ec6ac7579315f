import type { JobDefinition } from '@strongroom/contracts';
import { cronOf, isCron, once, type Rhythm } from '@strongroom/contracts/rhythm';
import type { Choice } from '../model/choice.ts';
import type { Offers } from '../model/offers.ts';
import type { Parameter, ParameterValue } from './notebook-parameters.ts';

/** What a person fills in. Texts are as they were typed. */
export interface JobForm {
  readonly name: string;
  readonly parameters: readonly ParameterField[];
  readonly choice: Choice | null;
  readonly outputKind: 'home' | 'bucket';
  readonly folder: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly maximumRetries: number;
  readonly maximumHours: number;
  readonly rhythm: Rhythm;
}

export interface ParameterField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean';
  readonly text: string;
}

export type FormProblem = 'name' | 'choice' | 'parameter' | 'bucket' | 'schedule' | 'hours';

const longestHours = 720;

export function emptyForm(notebookPath: string, parameters: readonly Parameter[]): JobForm {
  const file = notebookPath.slice(notebookPath.lastIndexOf('/') + 1);
  const folder = notebookPath.slice(0, Math.max(0, notebookPath.lastIndexOf('/')));
  return {
    name: file.replace(/\.ipynb$/, ''),
    parameters: parameters.map(({ name, value }) => fieldOf(name, value)),
    choice: null,
    ...{ outputKind: 'home', folder, bucket: '', prefix: '' },
    ...{ maximumRetries: 1, maximumHours: 24, rhythm: once },
  };
}

/** What keeps it from being started, in the order of the fields. */
export function problemsOf(form: JobForm): FormProblem[] {
  const cron = cronOf(form.rhythm);
  const hours = form.maximumHours;
  const checks: readonly (readonly [FormProblem, boolean])[] = [
    ['name', form.name.trim() === '' || form.name.trim().length > 100],
    ['parameter', form.parameters.some((field) => parameterValue(field) === undefined)],
    ['choice', form.choice === null],
    ['bucket', form.outputKind === 'bucket' && form.bucket === ''],
    ['schedule', cron !== undefined && !isCron(cron)],
    ['hours', !Number.isFinite(hours) || hours <= 0 || hours > longestHours],
  ];
  return checks.filter(([, isWrong]) => isWrong).map(([problem]) => problem);
}

/** Only of a form without problems. */
export function definitionOf(form: JobForm, notebookPath: string, offers: Offers): JobDefinition {
  const kernelName = form.choice?.kernelName ?? null;
  const parameters = form.parameters.map(
    (field) => [field.name, parameterValue(field) ?? ''] as const,
  );
  return {
    ...{ name: form.name.trim(), notebookPath, kernelName },
    parameters: Object.fromEntries(parameters),
    imageName: offers.findKernel(kernelName ?? '')?.image.imageName ?? null,
    instanceType: form.choice?.instanceType ?? null,
    output: outputOf(form),
    maximumRetries: form.maximumRetries,
    maximumMinutes: Math.max(1, Math.round(form.maximumHours * 60)),
  };
}

/** Undefined where the text is no value of that kind. */
export function parameterValue({ kind, text }: ParameterField): ParameterValue | undefined {
  if (kind === 'boolean') return text === 'true';
  if (kind === 'text') return text.length > 10_000 ? undefined : text;
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
}

function fieldOf(name: string, value: ParameterValue): ParameterField {
  const kind =
    typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
  return { name, kind, text: String(value) };
}

function outputOf({ outputKind, folder, bucket, prefix }: JobForm): JobDefinition['output'] {
  const output =
    outputKind === 'home'
      ? { kind: outputKind, folder: folder.trim().replace(/^\/+|\/+$/g, '') }
      : { kind: outputKind, bucket, prefix: prefix.trim().replace(/^\/+/, '') };
  // The contract's names are branded; the platform reads them.
  return output as JobDefinition['output'];
}
