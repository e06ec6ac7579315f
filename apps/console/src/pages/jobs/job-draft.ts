import {
  type JobDefinition,
  type JobSchedule,
  type JobScheduleRequest,
  jobDefinitionSchema,
  jobScheduleRequestSchema,
} from '@strongroom/contracts';
import { cronOf, isCron, once, type Rhythm, rhythmOf } from '@strongroom/contracts/rhythm';
import { parameterText, parameterValue } from './parameter-value.ts';

export interface DraftParameter {
  readonly name: string;
  readonly value: string;
}

/** A job or a schedule as it is being written. */
export interface JobDraft {
  readonly name: string;
  readonly notebookPath: string;
  readonly parameters: readonly DraftParameter[];
  /** `''`: the notebook's own. */
  readonly kernelName: string;
  /** `''`: the kernel's. */
  readonly imageName: string;
  /** `''`: the notebook's own, else the domain's default. */
  readonly instanceType: string;
  readonly output: JobDefinition['output'];
  readonly maximumRetries: string;
  readonly maximumMinutes: string;
  readonly rhythm: Rhythm;
  readonly timeZone: string;
  readonly isEnabled: boolean;
}

export function newDraft(): JobDraft {
  return {
    ...{ name: '', notebookPath: '', parameters: [], kernelName: '', imageName: '' },
    ...{ instanceType: '', output: { kind: 'home', folder: '' }, maximumRetries: '0' },
    ...{ maximumMinutes: '60', rhythm: once, isEnabled: true },
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

export function draftOf({ definition, cron, timeZone, isEnabled }: JobSchedule): JobDraft {
  const { parameters, kernelName, imageName, instanceType, ...rest } = definition;
  return {
    ...{ ...rest, timeZone, isEnabled, rhythm: rhythmOf(cron) },
    parameters: Object.entries(parameters).map(([name, value]) => ({
      ...{ name, value: parameterText(value) },
    })),
    ...{ kernelName: kernelName ?? '', imageName: imageName ?? '' },
    instanceType: instanceType ?? '',
    maximumRetries: String(definition.maximumRetries),
    maximumMinutes: String(definition.maximumMinutes),
  };
}

/** Undefined where something in it is not right yet. */
export function definitionOf(draft: JobDraft): JobDefinition | undefined {
  if (hasSameNameTwice(draft)) return undefined;
  return jobDefinitionSchema.safeParse(written(draft)).data;
}

export function scheduleOf(draft: JobDraft): JobScheduleRequest | undefined {
  const { timeZone, isEnabled, rhythm } = draft;
  const definition = definitionOf(draft);
  const cron = cronOf(rhythm);
  if (cron === undefined || !isCron(cron)) return undefined;
  return jobScheduleRequestSchema.safeParse({ definition, cron, timeZone, isEnabled }).data;
}

/** The names of the fields that are not right. */
export function problemsOf(draft: JobDraft): ReadonlySet<string> {
  const { error } = jobDefinitionSchema.safeParse(written(draft));
  const problems = new Set((error?.issues ?? []).map(({ path }) => String(path[0])));
  return hasSameNameTwice(draft) ? problems.add('parameters') : problems;
}

function hasSameNameTwice({ parameters }: JobDraft): boolean {
  return new Set(parameters.map(({ name }) => name)).size < parameters.length;
}

function written(draft: JobDraft): Record<string, unknown> {
  const { name, notebookPath, parameters, kernelName, imageName, instanceType, output } = draft;
  return {
    ...{ name, notebookPath: notebookPath.trim(), output },
    parameters: Object.fromEntries(
      parameters.map(({ name, value }) => [name, parameterValue(value)]),
    ),
    ...{ kernelName: kernelName || null, imageName: imageName || null },
    instanceType: instanceType || null,
    maximumRetries: wholeNumber(draft.maximumRetries),
    maximumMinutes: wholeNumber(draft.maximumMinutes),
  };
}

function wholeNumber(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
}
