import { ComputeError } from '../api/compute-error.ts';
import type { ChoiceDialogModel } from '../model/choice-dialog-model.ts';
import { isBeyondBudget } from '../model/start-problem.ts';
import { differenceText, hourlyText } from '../money.ts';
import type { ChoiceDialogContext } from './open-choice-dialog.tsx';

/** What the choice would do and cost, before it is made. */
export function Outcome({
  model,
  context,
}: {
  readonly model: ChoiceDialogModel;
  readonly context: ChoiceDialogContext;
}) {
  const { trans, failureText } = context;
  const { isNewNotebook, hasKernel, offers } = model.options;
  if (model.choice === null) return null;
  const type = model.typeOf(model.choice);
  return (
    <p className="sr-Choice-outcome" role="status">
      {hasKernel && !isNewNotebook && model.isChanged && (
        <span>
          {trans.__(
            'The kernel is started anew: variables are lost, the notebook and its outputs stay. Where that fails, the kernel before goes on.',
          )}{' '}
        </span>
      )}
      {hasKernel && !isNewNotebook && !model.isChanged && (
        <span>{trans.__('This is what it runs on now.')} </span>
      )}
      <Price {...{ model, context }} />
      {type !== undefined && isBeyondBudget(offers, type) && (
        <span className="sr-ComputeDialog-failure sr-Choice-budget">
          {failureText(new ComputeError('BudgetReached'))}
        </span>
      )}
    </p>
  );
}

function Price({
  model,
  context,
}: {
  readonly model: ChoiceDialogModel;
  readonly context: ChoiceDialogContext;
}) {
  const { trans, languageTag } = context;
  const prices = model.offered?.prices;
  const after = model.typeOf(model.choice);
  if (prices === undefined || after === undefined) return null;
  const afterText = hourlyText(after.pricePerHour, prices, context);
  const before = model.options.hasKernel ? model.typeOf(model.options.now) : undefined;
  if (before === undefined) return <span>{trans.__('Price: %1', afterText)}</span>;
  const beforeText = hourlyText(before.pricePerHour, prices, context);
  const difference = differenceText([before.pricePerHour, after.pricePerHour], prices, languageTag);
  if (before.pricePerHour === after.pricePerHour || difference === '') {
    return <span>{trans.__('Price: %1', afterText)}</span>;
  }
  return (
    <strong>{trans.__('Price: %1 instead of %2 (%3)', afterText, beforeText, difference)}</strong>
  );
}
