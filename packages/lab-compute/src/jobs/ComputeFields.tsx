import type { InstanceType } from '@strongroom/contracts';
import { kernelText } from '../kernel-text.ts';
import { isUsable } from '../model/choice.ts';
import { hourlyText } from '../money.ts';
import { mebibytesText, numberText } from '../sizes.ts';
import type { JobFieldsProps } from './JobDialogView.tsx';

/** On which image, kernel and instance type it runs. */
export function ComputeFields({ model, context }: JobFieldsProps) {
  const { trans } = context;
  const { offers } = model.options;
  const { choice } = model.form;
  const { offered } = offers;
  if (offered === null || choice === null) {
    return (
      <p className="sr-ComputeDialog-hint" role="status">
        {trans.__('Asking what there is …')}
      </p>
    );
  }
  return (
    <div className="sr-Job-row sr-Job-compute">
      <label className="sr-Job-field">
        {trans.__('Image and kernel')}
        <select
          className="jp-mod-styled"
          value={choice.kernelName}
          onChange={({ target }) =>
            model.change({ choice: { ...choice, kernelName: target.value } })
          }
        >
          {offered.images.filter(isUsable).map((image) => (
            <optgroup key={image.imageName} label={image.displayName}>
              {image.kernels.map(({ name, displayName }) => (
                <option key={name} value={name}>
                  {image.displayName} · {kernelText(image, displayName)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <label className="sr-Job-field">
        {trans.__('Instance type')}
        <select
          className="jp-mod-styled"
          value={choice.instanceType}
          onChange={({ target }) =>
            model.change({ choice: { ...choice, instanceType: target.value } })
          }
        >
          {offered.instanceTypes
            .filter(({ availability }) => availability !== 'unavailable')
            .map((type) => (
              <option key={type.instanceType} value={type.instanceType}>
                {typeText(type, model, context)}
              </option>
            ))}
        </select>
      </label>
    </div>
  );
}

/** Such as `ml.m5.large · 2 vCPU · 8 GiB · $0.10/hour`. */
function typeText(
  { instanceType, vcpuCount, memoryMebibytes, gpuCount, pricePerHour }: InstanceType,
  model: JobFieldsProps['model'],
  context: JobFieldsProps['context'],
): string {
  const { languageTag } = context;
  const { prices } = model.options.offers;
  return [
    instanceType,
    `${numberText(vcpuCount, languageTag)} vCPU`,
    mebibytesText(memoryMebibytes, languageTag),
    ...(gpuCount === 0 ? [] : [`${gpuCount} GPU`]),
    ...(prices === null ? [] : [hourlyText(pricePerHour, prices, context)]),
  ].join(' · ');
}
