import type { JobFieldsProps } from './JobDialogView.tsx';
import { type ParameterField, parameterValue } from './job-form.ts';

/** What the notebook's cell tagged `parameters` names. */
export function ParameterFields({ model, context }: JobFieldsProps) {
  const { trans } = context;
  const { parameters } = model.form;
  return (
    <fieldset>
      <legend>{trans.__('Parameters')}</legend>
      {parameters.length === 0 && (
        <p className="sr-ComputeDialog-hint">
          {trans.__(
            'This notebook has none. To give it some, write assignments such as “year = 2026” into a cell and tag it “parameters”.',
          )}
        </p>
      )}
      <div className="sr-Job-parameters">
        {parameters.map((field) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the control is in <Value>
          <label key={field.name} className="sr-Job-field">
            <code>{field.name}</code>
            <Value field={field} model={model} />
            {parameterValue(field) === undefined && (
              <small className="sr-ComputeDialog-failure" role="alert">
                {trans.__('A number is needed here.')}
              </small>
            )}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Value({
  field,
  model,
}: Pick<JobFieldsProps, 'model'> & { readonly field: ParameterField }) {
  const { name, kind, text } = field;
  if (kind === 'boolean') {
    return (
      <input
        type="checkbox"
        checked={text === 'true'}
        onChange={({ target }) => model.changeParameter(name, String(target.checked))}
      />
    );
  }
  return (
    <input
      className="jp-mod-styled"
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      value={text}
      onChange={({ target }) => model.changeParameter(name, target.value)}
    />
  );
}
