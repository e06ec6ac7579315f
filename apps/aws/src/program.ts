import { Command } from 'commander';

/** Each loaded when it is asked for: the CDK takes seconds of its own, and not every command needs it. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  synth: async () => (await import('./commands/synth.ts')).synthCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  diff: async () => (await import('./commands/diff.ts')).diffCommand(),
  cost: async () => (await import('./commands/cost.ts')).costCommand(),
  deploy: async () => (await import('./commands/deploy.ts')).deployCommand(),
  check: async () => (await import('./commands/check.ts')).checkCommand(),
  destroy: async () => (await import('./commands/destroy.ts')).destroyCommand(),
};

/**
 * The program with the command that is asked for, or with all where none of them is, for their help.
 * Every command sets `process.exitCode` itself where it did not do what was asked.
 */
export async function createProgram(asked = ''): Promise<Command> {
  const program = new Command('strongroom aws').description(
    'the same domain on AWS: synthesise, prove, deploy',
  );
  const names = Object.hasOwn(commands, asked) ? [asked] : Object.keys(commands);
  for (const name of names) {
    const load = commands[name];
    if (load !== undefined) program.addCommand(await load());
  }
  return program;
}
