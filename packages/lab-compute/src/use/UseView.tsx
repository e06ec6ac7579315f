import type { AppUsage } from '@strongroom/contracts';
import { memoryLevel } from '../model/memory-level.ts';
import type { NotebookCompute } from '../model/notebook-compute.ts';
import { memoryText, numberText, percentText } from '../sizes.ts';
import { useChanges } from '../use-changes.ts';
import type { ViewContext } from '../view-context.ts';

export interface UseProps {
  readonly notebook: NotebookCompute;
  readonly context: ViewContext;
}

/** What the kernel uses now, against what it may. */
export function UseView({ notebook, context }: UseProps) {
  useChanges(notebook);
  const { app } = notebook;
  if (app === undefined || app.stage !== 'running' || app.memoryBytes === null) return null;
  return (
    <>
      <MemoryMeter app={app} usedBytes={app.memoryBytes} context={context} />
      <CpuMeter app={app} context={context} />
      {app.gpus.map((gpu) => (
        <GpuMeter key={gpu.index} gpu={gpu} context={context} />
      ))}
    </>
  );
}

function MemoryMeter({
  app,
  usedBytes,
  context: { trans, languageTag },
}: {
  readonly app: AppUsage;
  readonly usedBytes: number;
  readonly context: ViewContext;
}) {
  const level = memoryLevel(usedBytes, app.memoryLimitBytes);
  const part = usedBytes / app.memoryLimitBytes;
  const used = memoryText(usedBytes, languageTag);
  const limit = memoryText(app.memoryLimitBytes, languageTag);
  return (
    <Meter
      {...{ part, level }}
      label={trans.__('Memory')}
      // The sign says it too: colour alone would not reach everybody.
      text={`${level === 'normal' ? '' : '⚠ '}${percentText(part, languageTag)}`}
      title={trans.__('Memory: %1 of %2', used, limit)}
    />
  );
}

/** The first answer knows no processors: they are counted between two. */
function CpuMeter({
  app: { cpuCount, cpuLimit },
  context: { trans, languageTag },
}: {
  readonly app: AppUsage;
  readonly context: ViewContext;
}) {
  const used = cpuCount === null ? '–' : numberText(cpuCount, languageTag);
  return (
    <Meter
      part={(cpuCount ?? 0) / cpuLimit}
      label="CPU"
      text={cpuCount === null ? '–' : percentText(cpuCount / cpuLimit, languageTag)}
      title={trans.__('Processors: %1 of %2', used, numberText(cpuLimit, languageTag))}
    />
  );
}

function GpuMeter({
  gpu,
  context: { trans, languageTag },
}: {
  readonly gpu: AppUsage['gpus'][number];
  readonly context: ViewContext;
}) {
  const part = gpu.utilizationPercent === null ? null : gpu.utilizationPercent / 100;
  const { memoryBytes, memoryTotalBytes } = gpu;
  const memory =
    memoryBytes === null || memoryTotalBytes === null
      ? ''
      : trans.__(
          'GPU memory: %1 of %2',
          memoryText(memoryBytes, languageTag),
          memoryText(memoryTotalBytes, languageTag),
        );
  return (
    <Meter
      part={part ?? 0}
      label="GPU"
      text={part === null ? '–' : percentText(part, languageTag)}
      title={[gpu.name, memory].filter((text) => text !== '').join('\n')}
    />
  );
}

function Meter({
  part,
  label,
  text,
  title,
  level = 'normal',
}: {
  readonly part: number;
  readonly label: string;
  readonly text: string;
  readonly title: string;
  readonly level?: string;
}) {
  const percent = Math.min(100, Math.max(0, Math.round(part * 100)));
  return (
    // A `<meter>` takes the colours of no theme.
    // biome-ignore lint/a11y/useSemanticElements: see above
    <span
      className="sr-Compute-meter"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={title}
      title={title}
      data-level={level}
    >
      <span className="sr-Compute-meterText" aria-hidden="true">
        <span>{label}</span>
        <span>{text}</span>
      </span>
      <span className="sr-Compute-meterBar" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
    </span>
  );
}
