import { JupyterLab } from '@jupyterlab/application';
import { JupyterPluginRegistry } from '@jupyterlab/coreutils';
import { IConnectionStatus, IServiceManager } from '@jupyterlab/services';
import { extensionModules, mimeModules } from '#extensions';
import { collectMimeExtensions, collectPlugins } from './collect-plugins.ts';

/** Registers the plugins, starts the services and then Lab itself. */
export async function bootstrap(): Promise<void> {
  const { enabled, available, disabledIds } = collectPlugins(extensionModules, DISABLED_PLUGINS);
  const pluginRegistry = new JupyterPluginRegistry();
  pluginRegistry.registerPlugins(enabled);
  const serviceManager = await pluginRegistry.resolveRequiredService(IServiceManager);
  const connectionStatus = await pluginRegistry.resolveOptionalService(IConnectionStatus);
  const lab = new JupyterLab({
    pluginRegistry,
    serviceManager,
    ...(connectionStatus === null ? {} : { connectionStatus }),
    mimeExtensions: collectMimeExtensions(mimeModules),
    disabled: { matches: disabledIds, patterns: [...DISABLED_PLUGINS] },
    deferred: { matches: [], patterns: [] },
    availablePlugins: available,
  });
  lab.start({ ignorePlugins: [], bubblingKeydown: true });
  await lab.restored;
}
