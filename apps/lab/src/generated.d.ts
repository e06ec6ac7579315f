/** Modules that build.mjs writes; see build/generate-modules.mjs. */
declare module '#extensions' {
  interface ExtensionModule {
    readonly packageName: string;
    readonly exports: unknown;
  }
  export const extensionModules: readonly ExtensionModule[];
  export const mimeModules: readonly ExtensionModule[];
}

declare module '#styles';

/** Constants that build.mjs defines. */
declare const STRONGROOM_VERSION: string;
declare const DISABLED_PLUGINS: readonly string[];
