// Imported first and on its own: every other module may use what this version of Node.js offers.
const required = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < required[0] || (major === required[0] && minor < required[1])) {
  console.error(
    `Strongroom needs Node.js ${required.join('.')} or later; this is ${process.versions.node}.\n` +
      'Install the current LTS release of Node.js, then run the command again.',
  );
  process.exit(1);
}
