import { dirname, join } from 'node:path';

const driver = 'strongroom-notebook';

/** Attributes (gitattributes(5)) of notebooks, for the end of `info/attributes`. */
export function notebookAttributes(stripsOutputs: boolean): string {
  return `*.ipynb merge=${driver}${stripsOutputs ? ` filter=${driver}` : ''}\n`;
}

/** What the attributes stand for. `command`: our program, as a shell reads it. */
export function notebookSettings(command: string): readonly string[] {
  return [
    `merge.${driver}.name=notebooks by cell`,
    `merge.${driver}.driver=${command} merge %O %A %B`,
    // Between common ancestors that differ themselves: a text of which no part has meaning.
    `merge.${driver}.recursive=binary`,
    `filter.${driver}.clean=${command} clean`,
    `filter.${driver}.smudge=cat`,
    // Otherwise a program that cannot run would commit the outputs.
    `filter.${driver}.required=true`,
  ];
}

/** `git-notebook.js` lies beside the agent's own program. */
export function notebookCommand(program = defaultProgram()): string {
  return [process.execPath, program].map(quoteForShell).join(' ');
}

function defaultProgram(): string {
  return join(dirname(process.argv[1] ?? ''), 'git-notebook.js');
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
