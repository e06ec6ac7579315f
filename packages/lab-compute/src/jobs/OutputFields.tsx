import type { JobFieldsProps } from './JobDialogView.tsx';

/** Where the notebook with its outputs goes. */
export function OutputFields({ model, context: { trans } }: JobFieldsProps) {
  const { form, buckets } = model;
  return (
    <fieldset>
      <legend>{trans.__('Output notebook')}</legend>
      <div className="sr-Choice-kernels">
        <label>
          <input
            type="radio"
            name="strongroom-job-output"
            checked={form.outputKind === 'home'}
            onChange={() => model.change({ outputKind: 'home' })}
          />
          {trans.__('In the home')}
        </label>
        {buckets.length > 0 && (
          <label>
            <input
              type="radio"
              name="strongroom-job-output"
              checked={form.outputKind === 'bucket'}
              onChange={() => model.change({ outputKind: 'bucket' })}
            />
            {trans.__('In a bucket')}
          </label>
        )}
      </div>
      {form.outputKind === 'home' ? (
        <label className="sr-Job-field">
          {trans.__('Folder; empty for the home itself')}
          <input
            className="jp-mod-styled"
            maxLength={4096}
            value={form.folder}
            onChange={({ target }) => model.change({ folder: target.value })}
          />
        </label>
      ) : (
        <div className="sr-Job-row">
          <label className="sr-Job-field">
            {trans.__('Bucket')}
            <select
              className="jp-mod-styled"
              value={form.bucket}
              onChange={({ target }) => model.change({ bucket: target.value })}
            >
              {buckets.map((bucket) => (
                <option key={bucket}>{bucket}</option>
              ))}
            </select>
          </label>
          <label className="sr-Job-field">
            {trans.__('Prefix')}
            <input
              className="jp-mod-styled"
              maxLength={512}
              value={form.prefix}
              placeholder="reports/"
              onChange={({ target }) => model.change({ prefix: target.value })}
            />
          </label>
        </div>
      )}
    </fieldset>
  );
}
