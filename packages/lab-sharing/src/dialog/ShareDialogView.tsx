import { useChanges } from '../use-changes.ts';
import { type DialogContext, DialogProvider, useDialog } from './dialog-context.ts';
import { SharedLink } from './SharedLink.tsx';
import { ShareFormView } from './ShareFormView.tsx';

export function ShareDialogView({ context }: { readonly context: DialogContext }) {
  return (
    <DialogProvider value={context}>
      <Dialog />
    </DialogProvider>
  );
}

function Dialog() {
  const { model, trans, close, failureText } = useDialog();
  useChanges(model);
  const name = model.path.slice(model.path.lastIndexOf('/') + 1);
  return (
    <>
      <h2 id="strongroom-share-title" title={model.path}>
        {trans.__('Share “%1”', name)}
      </h2>
      {model.shared !== null && <SharedLink share={model.shared} />}
      {model.shared === null && model.form !== null && <ShareFormView form={model.form} />}
      {model.form === null && model.error === undefined && (
        <p className="sr-Share-hint" role="status">
          {trans.__('Loading …')}
        </p>
      )}
      {model.form === null && model.error !== undefined && (
        <>
          <p className="sr-Share-failure" role="alert">
            {failureText(model.error)}
          </p>
          <footer>
            <button type="button" className="jp-mod-styled" onClick={close}>
              {trans.__('Close')}
            </button>
          </footer>
        </>
      )}
    </>
  );
}
