import { PageConfig } from '@jupyterlab/coreutils';

/**
 * Options of the page that are the same for every studio. The page's own configuration
 * (`jupyter-config-data`) wins where it names one.
 */
const defaults: Readonly<Record<string, string>> = {
  appName: 'Strongroom',
  appNamespace: 'strongroom',
  appVersion: STRONGROOM_VERSION,
  baseUrl: '/',
  appUrl: '/lab',
  treeUrl: '/lab/tree',
  docUrl: '/doc',
  settingsUrl: '/lab/api/settings',
  themesUrl: '/lab/api/themes',
  workspacesApiUrl: '/lab/api/workspaces',
  translationsApiUrl: '/lab/api/translations',
  fullAppUrl: '/lab',
  fullTreeUrl: '/lab/tree',
  fullStaticUrl: '/static/lab',
  fullSettingsUrl: '/lab/api/settings',
  fullThemesUrl: '/lab/api/themes',
  fullWorkspacesApiUrl: '/lab/api/workspaces',
  fullTranslationsApiUrl: '/lab/api/translations',
  mode: 'multiple-document',
  workspace: 'default',
  terminalsAvailable: 'true',
  delete_to_trash: 'true',
  cacheFiles: 'true',
};

for (const [name, value] of Object.entries(defaults)) {
  if (PageConfig.getOption(name) === '') PageConfig.setOption(name, value);
}
