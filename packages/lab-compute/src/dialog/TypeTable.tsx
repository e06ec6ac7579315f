import type { InstanceType, StudioCompute } from '@strongroom/contracts';
import type { ChoiceDialogModel } from '../model/choice-dialog-model.ts';
import { hourlyText } from '../money.ts';
import { mebibytesText, numberText } from '../sizes.ts';
import type { Texts } from '../texts.ts';
import { sentenceText } from '../view-context.ts';
import type { ChoiceDialogContext } from './open-choice-dialog.tsx';

export interface TypeTableProps {
  readonly model: ChoiceDialogModel;
  readonly offered: StudioCompute;
  readonly context: ChoiceDialogContext;
}

export function TypeTable({ model, offered, context }: TypeTableProps) {
  const { trans } = context;
  const hasGpus = offered.instanceTypes.some(({ gpuCount }) => gpuCount > 0);
  return (
    <fieldset>
      <legend>{trans.__('Instance type')}</legend>
      <div className="sr-Choice-types">
        <table>
          <thead>
            <tr>
              <th scope="col">{trans.__('Type')}</th>
              <th scope="col" className="sr-Choice-number">
                vCPU
              </th>
              <th scope="col" className="sr-Choice-number">
                {trans.__('Memory')}
              </th>
              {hasGpus && (
                <th scope="col" className="sr-Choice-number">
                  GPU
                </th>
              )}
              <th scope="col" className="sr-Choice-number">
                {trans.__('Price')}
              </th>
              <th scope="col">{trans.__('Availability')}</th>
            </tr>
          </thead>
          <tbody>
            {offered.instanceTypes.map((type) => (
              <TypeRow key={type.instanceType} {...{ type, hasGpus, model, offered, context }} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="sr-ComputeDialog-hint">
        {trans.__('Prices are those of %1.', offered.prices.region)}
      </p>
    </fieldset>
  );
}

function TypeRow({
  type,
  hasGpus,
  model,
  offered,
  context,
}: TypeTableProps & { readonly type: InstanceType; readonly hasGpus: boolean }) {
  const { trans, languageTag } = context;
  const { instanceType, availability } = type;
  const isChosen = model.choice?.instanceType === instanceType;
  const why = sentenceText(type.reason, languageTag);
  return (
    // The whole row chooses; the radio button in it is what keyboard and screen reader use.
    <tr
      data-chosen={isChosen}
      data-availability={availability}
      onClick={() => {
        if (!model.isWorking) model.chooseType(type);
      }}
    >
      <th scope="row">
        <label>
          <input
            type="radio"
            name="strongroom-instance-type"
            checked={isChosen}
            disabled={availability === 'unavailable' || model.isWorking}
            onChange={() => model.chooseType(type)}
          />
          {instanceType}
        </label>
      </th>
      <td className="sr-Choice-number">{numberText(type.vcpuCount, languageTag)}</td>
      <td className="sr-Choice-number">{mebibytesText(type.memoryMebibytes, languageTag)}</td>
      {hasGpus && <td className="sr-Choice-number">{type.gpuCount === 0 ? '–' : type.gpuCount}</td>}
      <td className="sr-Choice-number">{hourlyText(type.pricePerHour, offered.prices, context)}</td>
      <td>
        {availabilityText(type, trans, model.options.hasKernel)}
        {why !== '' && <small className="sr-Choice-why">{why}</small>}
      </td>
    </tr>
  );
}

/** A kernel that runs is not given up to wait for another: its change is refused instead. */
function availabilityText(
  { availability }: InstanceType,
  trans: Texts,
  hasKernel: boolean,
): string {
  switch (availability) {
    case 'available':
      return trans.__('Available');
    case 'busy':
      return hasKernel ? trans.__('In use now') : trans.__('In use: you would wait');
    case 'unavailable':
      return trans.__('Not on this machine');
  }
}
