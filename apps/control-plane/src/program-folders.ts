/** Where the other parts of the product lie. */
export interface ProgramFolders {
  readonly agent: string;
  readonly lab: string;
  readonly console: string;
  readonly viewer: string;
  readonly node: string;
  /** Opens a kernel's sandbox on a node of a cluster. */
  readonly clusterNode: string;
  /** `apps/control-plane/dist/git-hooks` */
  readonly gitHooks: string;
  /** Reads shared notebooks, in a thread of its own. */
  readonly notebookWorker: string;
}
