import { hasAudience, noteMaximumCharacters, type ShareForm } from '../model/share-form.ts';
import { AudienceField } from './AudienceField.tsx';
import { CheckView } from './CheckView.tsx';
import { useDialog } from './dialog-context.ts';
import { EndField } from './EndField.tsx';
import { TargetField } from './TargetField.tsx';

export function ShareFormView({ form }: { readonly form: ShareForm }) {
  const { model, trans, close, failureText } = useDialog();
  const { choices } = model;
  if (choices === null) return null;
  const isNew = form.shareId === null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void model.share();
      }}
    >
      <div className="sr-Share-fields">
        <TargetField form={form} />
        {isNew && <AudienceField audience={form.audience} choices={choices} />}
        {isNew && <EndField form={form} choices={choices} />}
        <fieldset>
          <legend>{trans.__('What is shared')}</legend>
          <label className="sr-Share-option">
            <input
              type="checkbox"
              checked={form.includesOutputs}
              onChange={({ target }) => model.change({ includesOutputs: target.checked })}
            />
            {trans.__('With outputs')}
          </label>
          <CheckView form={form} />
        </fieldset>
        <label className="sr-Share-field">
          {trans.__('Note (optional)')}
          <textarea
            className="jp-mod-styled"
            rows={2}
            maxLength={noteMaximumCharacters}
            value={form.note}
            onChange={({ target }) => model.change({ note: target.value })}
          />
        </label>
      </div>
      {model.error !== undefined && (
        <p className="sr-Share-failure" role="alert">
          {failureText(model.error)}
        </p>
      )}
      <footer>
        <p className="sr-Share-hint" role="status">
          {model.isSharing && <progress aria-label={trans.__('Sharing …')} />}
          {model.isSharing && trans.__('Sharing …')}
          {!model.isSharing &&
            isNew &&
            !hasAudience(form.audience) &&
            trans.__('Choose who may see it.')}
        </p>
        <button type="button" className="jp-mod-styled" disabled={model.isSharing} onClick={close}>
          {trans.__('Cancel')}
        </button>
        <button type="submit" className="jp-mod-styled jp-mod-accept" disabled={!model.canShare}>
          {isNew ? trans.__('Create Link') : trans.__('Add Version')}
        </button>
      </footer>
    </form>
  );
}
