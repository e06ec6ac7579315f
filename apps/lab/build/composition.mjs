// @ts-check
/**
 * What our JupyterLab is made of, beyond the `*-extension` packages that package.json lists.
 */

/**
 * Plugins that are bundled but never registered.
 * A whole package may be named, or one plugin as `package:plugin`.
 */
export const disabledPlugins = [
  // Replaced by packages/lab-studio.
  '@jupyterlab/application-extension:logo',
  '@jupyterlab/apputils-extension:resolver',
  '@jupyterlab/apputils-extension:splash',
  '@jupyterlab/help-extension:about',
  '@jupyterlab/services-extension:server-settings',
  // Replaced by packages/lab-compute.
  '@jupyterlab/apputils-extension:sessionDialogs',
  // They ask servers outside the installation, or send people there.
  '@jupyterlab/apputils-extension:announcements',
  '@jupyterlab/filebrowser-extension:open-url',
  '@jupyterlab/help-extension:jupyter-forum',
  '@jupyterlab/help-extension:open',
  '@jupyterlab/help-extension:resources',
  // A studio's address opens for its owner only, so a copied link would mislead.
  '@jupyterlab/filebrowser-extension:share-file',
  // Their server part (language servers, a licence crawler) is not in the agent.
  '@jupyterlab/apputils-extension:licenses-client',
  '@jupyterlab/apputils-extension:licenses-plugin',
  '@jupyterlab/fileeditor-extension:language-server',
  '@jupyterlab/help-extension:licenses-commands',
  '@jupyterlab/notebook-extension:language-server',
];

/**
 * Defaults that differ from upstream's, by settings schema id. They are written into the schemas
 * at build time, so a person's own setting still wins.
 *
 * @type {Readonly<Record<string, Readonly<Record<string, unknown>>>>}
 */
export const settingDefaults = {
  '@jupyterlab/apputils-extension:themes': { 'adaptive-theme': true },
  '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
};

/** Stylesheets that Lab's theme manager loads on demand: the name below `themes/` → its source. */
export const themes = {
  '@strongroom/lab-studio/light': '@strongroom/lab-studio/style/themes/light.css',
  '@strongroom/lab-studio/dark': '@strongroom/lab-studio/style/themes/dark.css',
  '@strongroom/lab-studio/dark-high-contrast':
    '@strongroom/lab-studio/style/themes/dark-high-contrast.css',
};
