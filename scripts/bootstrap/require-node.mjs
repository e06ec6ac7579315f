// Imported first and on its own: every other module may use what this version of Node.js offers.
const requiredMajor = 20;
const requiredMinor = 19;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < requiredMajor || (major === requiredMajor && minor < requiredMinor)) {
  console.error(
    `Strongroom needs Node.js ${requiredMajor}.${requiredMinor} or later; this is ${process.versions.node}.\n` +
      'Install the current LTS release of Node.js, then run the command again.',
  );
  process.exit(1);
}
