// @ts-check

/**
 * Packages looked at one by one, with what was found. Each is named in docs/dependencies.md.
 *
 * @type {Readonly<Record<string, { licence: string, because: string }>>}
 */
export const licenceExceptions = {
  khroma: { licence: 'MIT', because: 'its licence file says so; its package.json says nothing' },
  elkjs: {
    licence: 'EPL-2.0',
    because: "file-level copyleft like MPL-2.0, shipped unmodified in Lab's Mermaid renderer",
  },
};
