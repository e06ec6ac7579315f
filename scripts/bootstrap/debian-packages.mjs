// @ts-check
/**
 * The Debian and Ubuntu packages each command needs, and what for. `program` is looked for where
 * the host has no dpkg.
 *
 * @typedef {{ name: string, purpose: string, program?: string }} DebianPackage
 */

/** @type {readonly DebianPackage[]} */
const runtime = [
  { name: 'bubblewrap', purpose: 'builds the sandbox around every studio', program: 'bwrap' },
  { name: 'util-linux', purpose: 'enters namespaces and drops rights', program: 'nsenter' },
  { name: 'mount', purpose: "lays out a sandbox's file system", program: 'mount' },
  { name: 'iproute2', purpose: "brings up a studio's own network", program: 'ip' },
  { name: 'gocryptfs', purpose: 'encrypts the files of every home', program: 'gocryptfs' },
  { name: 'fuse3', purpose: 'mounts an encrypted home', program: 'fusermount3' },
  { name: 'e2fsprogs', purpose: 'makes homes that have a quota', program: 'mkfs.ext4' },
  { name: 'git', purpose: 'version control in the terminal', program: 'git' },
  { name: 'ca-certificates', purpose: 'the certificate authorities that programs trust' },
  { name: 'curl', purpose: 'fetches from the terminal', program: 'curl' },
  { name: 'python3', purpose: 'the language of the default kernel', program: 'python3' },
  { name: 'python3-ipykernel', purpose: 'the default kernel' },
  { name: 'python3-debugpy', purpose: "the notebook's debugger" },
  { name: 'python3-nbconvert', purpose: 'exports notebooks to HTML and other formats' },
  { name: 'python3-numpy', purpose: 'arrays in the default image' },
  { name: 'python3-pandas', purpose: 'data frames in the default image' },
  { name: 'python3-boto3', purpose: 'the AWS SDK in the default image' },
  { name: 'python3-matplotlib', purpose: 'plots in the default image' },
  { name: 'python3-sklearn', purpose: 'machine learning in the default image' },
  { name: 'skopeo', purpose: 'copies OCI images', program: 'skopeo' },
  { name: 'umoci', purpose: 'unpacks OCI images', program: 'umoci' },
];

/** @type {readonly DebianPackage[]} */
const addOnCompiler = [
  { name: 'make', purpose: "compiles the terminal's native add-on (node-pty)", program: 'make' },
  { name: 'g++', purpose: "compiles the terminal's native add-on (node-pty)", program: 'g++' },
];

/** @type {readonly DebianPackage[]} */
const tests = [
  { name: 'chromium', purpose: 'the browser of the browser tests', program: 'chromium' },
  { name: 'fonts-noto-cjk', purpose: 'Korean text in screenshots' },
  { name: 'openssl', purpose: 'judges our certificates', program: 'openssl' },
  { name: 'awscli', purpose: 'judges our S3 endpoint', program: 'aws' },
  { name: 'git-lfs', purpose: 'judges the large files of our repositories', program: 'git-lfs' },
  { name: 'python3-pip', purpose: 'installs a package through the egress gate', program: 'pip3' },
];

/** @type {readonly DebianPackage[]} */
const benchmarks = [
  { name: 'jupyterhub', purpose: 'the peer we measure against', program: 'jupyterhub' },
  { name: 'jupyter-notebook', purpose: "the peer's single-user server" },
  { name: 'python3-jupyter-client', purpose: 'starts bare kernels beside ours' },
  { name: 'nginx', purpose: 'serves Git beside ours', program: 'nginx' },
  { name: 'fcgiwrap', purpose: "runs Git's own server behind nginx", program: 'fcgiwrap' },
];

/** Only for `npm run test:cluster`. @type {readonly DebianPackage[]} */
const cluster = [
  { name: 'slurm-wlm', purpose: 'the cluster of the cluster tests', program: 'slurmctld' },
  { name: 'munge', purpose: "how that cluster's parts know each other", program: 'munged' },
];

/**
 * @param {{ addOns: boolean, tests: boolean, benchmarks: boolean, cluster?: boolean }} wanted
 * @returns {readonly DebianPackage[]}
 */
export function debianPackagesFor(wanted) {
  return [
    ...runtime,
    ...(wanted.addOns ? addOnCompiler : []),
    ...(wanted.tests || wanted.benchmarks ? tests : []),
    ...(wanted.benchmarks ? benchmarks : []),
    ...(wanted.cluster ? cluster : []),
  ];
}
