import type { JupyterFrontEndPlugin, JupyterLab } from '@jupyterlab/application';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

export interface ExtensionModule {
  readonly packageName: string;
  readonly exports: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: plugins differ in what they provide; Lumino types it so.
type AnyPlugin = JupyterFrontEndPlugin<any, any, any>;

export interface CollectedPlugins {
  readonly enabled: AnyPlugin[];
  readonly disabledIds: string[];
  /** What Lab's settings and "about" pages list. */
  readonly available: JupyterLab.IPluginInfo[];
}

/** Sorts every plugin of the bundle into those to register and those to leave out. */
export function collectPlugins(
  modules: readonly ExtensionModule[],
  disabled: readonly string[],
): CollectedPlugins {
  const collected: CollectedPlugins = { enabled: [], disabledIds: [], available: [] };
  for (const { packageName, exports } of modules) {
    for (const plugin of asList(exports) as AnyPlugin[]) {
      const isDisabled = disabled.includes(packageName) || disabled.includes(plugin.id);
      if (isDisabled) collected.disabledIds.push(plugin.id);
      else collected.enabled.push(plugin);
      collected.available.push({
        id: plugin.id,
        description: plugin.description ?? '',
        requires: plugin.requires ?? [],
        optional: plugin.optional ?? [],
        provides: plugin.provides ?? null,
        autoStart: plugin.autoStart ?? false,
        enabled: !isDisabled,
        extension: packageName,
      });
    }
  }
  return collected;
}

/** Lab wants mime renderers as modules, and looks for the mark that compiled ES modules carry. */
export function collectMimeExtensions(
  modules: readonly ExtensionModule[],
): IRenderMime.IExtensionModule[] {
  return modules.map(({ exports }) => ({
    __esModule: true,
    default: exports as IRenderMime.IExtension,
  }));
}

function asList(exports: unknown): unknown[] {
  return Array.isArray(exports) ? exports : [exports];
}
