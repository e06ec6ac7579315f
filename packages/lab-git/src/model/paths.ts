/** A file of a repository, as Lab's contents know it: relative to the home. */
export function homePath(root: string, file: string): string {
  return root === '' ? file : `${root}/${file}`;
}

/** The file of the repository that a path of the home is; undefined where it is outside. */
export function repositoryPath(root: string, path: string): string | undefined {
  if (root === '') return path;
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined;
}

export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function isNotebook(path: string): boolean {
  return path.toLowerCase().endsWith('.ipynb');
}
