import { IRouter, JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IWindowResolver } from '@jupyterlab/apputils';
import { PageConfig, URLExt } from '@jupyterlab/coreutils';

/** A page that is just being left (a reload) still holds its name for a moment. */
const patienceMilliseconds = 500;

/**
 * Takes the place of `@jupyterlab/apputils-extension:resolver`: two tabs must not save one
 * workspace. Upstream asks other tabs through local storage and always waits 200 to 500 ms for an
 * answer; a web lock (W3C Web Locks API) says at once whether the name is free.
 */
export const windowNamePlugin: JupyterFrontEndPlugin<IWindowResolver> = {
  id: '@strongroom/lab-studio:window-name',
  description: 'Gives each tab a workspace of its own.',
  autoStart: true,
  provides: IWindowResolver,
  requires: [JupyterFrontEnd.IPaths, IRouter],
  activate: async (_app: JupyterFrontEnd, paths: JupyterFrontEnd.IPaths, router: IRouter) => {
    const name = PageConfig.getOption('workspace') || PageConfig.defaultWorkspace;
    if (await claim(name)) return { name };
    router.navigate(addressOfNewWorkspace(paths, router), { hard: true });
    // Never resolves: nothing that needs a name may start before the page is left.
    return new Promise<IWindowResolver>(() => undefined);
  },
};

/** Holds the name until the page goes away; false where another tab holds it. */
function claim(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const hold = navigator.locks.request(
      `strongroom:workspace:${name}`,
      { signal: AbortSignal.timeout(patienceMilliseconds) },
      () => {
        resolve(true);
        return new Promise<never>(() => undefined);
      },
    );
    hold.catch(() => resolve(false));
  });
}

function addressOfNewWorkspace(paths: JupyterFrontEnd.IPaths, router: IRouter): string {
  const mode = PageConfig.getOption('mode') === 'multiple-document' ? 'lab' : 'doc';
  const name = `auto-${Math.random().toString(36).slice(2, 5)}`;
  const treePath = PageConfig.getOption('treePath');
  const tree = treePath === '' ? '' : URLExt.encodeParts(`tree/${treePath}`);
  const { search, hash } = router.current;
  const query = { ...URLExt.queryStringToObject(search ?? ''), reset: '1' };
  return (
    URLExt.join(paths.urls.base, mode, 'workspaces', name, tree) +
    URLExt.objectToQueryString(query) +
    (hash ?? '')
  );
}
