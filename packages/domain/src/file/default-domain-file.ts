/**
 * What a first start writes: a domain that works on this machine as it is. It is the first thing a
 * platform engineer sees of Strongroom, so it explains each line.
 */
export const defaultDomainFile = `# The domain file: who may use this Strongroom, on what, and how it is reached.
#
# Checked whenever Strongroom starts; every mistake is told with its line and its mend. What people
# set for themselves (passwords, language) and the files they make are in the data folder, not here.
# Adding or removing a person in the console edits "people" below and leaves the rest as it is.

domain:
  name: research
  # Both are part of the names (ARNs) that policies speak of. On this machine any will do; keep the
  # twelve digits between quotes.
  accountId: '000000000000'
  region: ap-northeast-2

server:
  listen:
    # 127.0.0.1: only this machine. 0.0.0.0: every network it is in.
    address: 127.0.0.1
    port: 8080
  # Browsers resolve names that end with .localhost to the machine they run on. For other names,
  # point both at this machine in DNS (the second is a wildcard) and give it a certificate.
  consoleHostName: console.localhost
  # Each studio has a host name of its own, <profileName>.studio.localhost, because a notebook's
  # output is a program that somebody else may have written.
  studioHostName: '*.studio.localhost'
  # Shared notebooks are rendered in a frame of an origin without cookies: the console's name with
  # "viewer" in place of its first part. Another name can be given to it.
  # viewerHostName: viewer.localhost
  # tls:
  #   certificateFile: ./tls/certificate.pem
  #   privateKeyFile: ./tls/private-key.pem

# Homes, state, log. Relative to this file. Keep it out of Git and in your backups.
dataFolder: ./data

teams:
  - name: platform
    description: Runs this domain
  - name: risk-models

# role: administrator (adds, disables and removes people, sees every app; opens nobody's studio but
# their own), auditor (reads everything about the domain, changes nothing, has no studio) or
# data-scientist. A new person's one-time password is shown once.
people:
  - profileName: admin
    displayName: Administrator
    role: administrator
    team: platform
  - profileName: alice
    displayName: Alice
    role: data-scientist
    team: risk-models
  - profileName: bob
    displayName: Bob
    role: data-scientist
    team: risk-models

# What kernels run on, read-only. "host" is this machine's own programs; each image offers the kernels
# that it names. Others are a folder with a root file system or an OCI image ("strongroom images add"
# writes them here). The last part of each name (ARN) is what policies speak of.
images:
  - imageName: host-python
    displayName: Data Science
    description: Python with numpy, pandas, matplotlib, scikit-learn and boto3, and your own packages
    rootFileSystem: host
    kernels: [python3]
    # Kernels kept ready for each person who signs in, so that a notebook has one at once. Each is a
    # running app of the default type until it is used or the studio ends.
    # warmKernels: 2
  - imageName: base-python
    displayName: Base Python
    description: The same Python on every start, without packages of your own
    rootFileSystem: host
    kernels: [python3-base]
  - imageName: bash
    displayName: Bash
    description: A shell that keeps its variables from cell to cell
    rootFileSystem: host
    kernels: [bash]
  - imageName: nodejs
    displayName: Node.js
    description: JavaScript and TypeScript with await, run by the Node.js that Strongroom runs on
    rootFileSystem: host
    kernels: [javascript, typescript]
  # R, once Debian's r-cran-irkernel is installed on this machine:
  # - imageName: r
  #   displayName: R
  #   rootFileSystem: host
  #   kernels: [ir]
  # An image of your own; the digest is the only one that is then accepted:
  # - imageName: custom
  #   displayName: Custom
  #   rootFileSystem: { oci: 'oci:./images/custom:latest', digest: 'sha256:…' }

# The sizes a kernel may have; a kernel that needs more memory ends, and nothing else does.
# "system" is the size of a studio's own server and its terminals. gpuCount: how many GPUs of this
# machine a kernel of that type has for itself.
instanceTypes:
  - { instanceType: system, vcpuCount: 1, memoryMebibytes: 1024 }
  - { instanceType: ml.t3.medium, vcpuCount: 2, memoryMebibytes: 4096 }
  - { instanceType: ml.m5.large, vcpuCount: 2, memoryMebibytes: 8192 }
  - { instanceType: ml.m5.xlarge, vcpuCount: 4, memoryMebibytes: 16384 }

# What an hour of a type costs: pricePerHour of a type above, else the table. The one that Strongroom
# ships with holds examples for Seoul in US dollars; name your own with table: ./prices.json.
# wonPerUnit shows prices in won to those who read Korean.
prices:
  currency: USD
  wonPerUnit: 1400

# What a new notebook runs on.
defaults:
  imageName: host-python
  instanceType: ml.t3.medium

studios:
  # A studio with nobody connected, no kernel and no terminal uses nothing after this long. It is
  # back, with every file, at the next click.
  hibernateAfterMinutes: 20
  # What signing in starts ahead of need: server-and-kernel, server or nothing.
  prestart: server-and-kernel
  # Who may open a studio: its owner alone, or everybody of the owner's team too.
  sharing: owner
  # The most that a home may hold. Without it homes share the disk.
  # homeQuotaGibibytes: 50

# Internet access is off. A person asks for what they need in the console, for a time and with a
# reason, and a second administrator approves it. The lists are what people can choose from.
egress:
  maximumHours: 720
  allowLists:
    - name: pypi
      description: Python packages
      names: [pypi.org, files.pythonhosted.org]
      ports: [443]
  # People for whom nothing is open, whatever is approved for their team or the domain.
  alwaysOff: []
  # Networks that may be reached although they are not public, such as an internal mirror's. This
  # machine's own addresses stay closed; loopback is open only where one address of it is named (/32).
  allowedPrivateAddresses: []
  # Addresses of names that the machine's resolver does not know: - { name: …, address: … }
  fixedAddresses: []

# What seals everything at rest. local: a keyring in the data folder. Back it up (strongroom keys
# back-up): without it nothing that it sealed can be read by anybody.
keys:
  provider: local

# Object storage with the S3 API. Studios reach it at S3's own name with nothing configured; listen is
# for tools on this machine, outside the studios (strongroom credentials tells them how).
objects:
  store: embedded
  listen: { address: 127.0.0.1, port: 8081 }

# Buckets, and who reads and writes their objects. permission: read or read-write. from: studios (their
# notebooks and terminals), outside (the console, and tools outside), or both, as when left out.
# Every upload must ask for aws:kms, and for no key but the bucket's.
buckets:
  - name: research-risk-models
    description: Data of the risk models
    access:
      - { to: { team: risk-models }, permission: read-write }
  - name: research-reference
    description: Data that everybody reads
    access:
      - { to: everyone, permission: read }
      - { to: { team: platform }, permission: read-write }

# Read-only sharing of notebooks. Every notebook is looked through, source and outputs, before it is
# shared: block (it is not shared), warn (whoever shares must say that it is meant) or off. What is not
# named here is as written in the guide.
# sharing:
#   maximumDays: 365
#   defaultDays: 30
#   maximumNotebookMebibytes: 50
#   scan:
#     email-address: warn

# How long the audit trail and the flow log are kept: five years. A busy person makes about 5 MB of
# both in a day, so ten people make about 60 GB in five years of working days.
logs:
  retentionDays: 1827

# IAM policy documents of your own, beside those that this file renders (strongroom policies prints
# them). A change of a file is in force within a second; one that cannot be used changes nothing.
# policies:
#   - document: ./policies/freeze.json
#     attachTo: everyone # or { role: data-scientist }, { team: risk-models }, { profileName: carol }

# What the same domain needs on AWS ("strongroom aws synth"); nothing of it is used on this machine.
# Everything has a default; a real account's accountId above is all that a deployment asks for.
# aws:
#   network: { cidr: 10.40.0.0/16, availabilityZones: 2, egress: off }
#   authMode: IAM # or SSO, for IAM Identity Center
#   images:
#     - { imageName: custom, uri: 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/custom:1.0 }

sessions:
  # Signed out after this long without a click or work in the studio …
  idleMinutes: 60
  # … and in any case after this long.
  absoluteHours: 12

# Strongroom tries each of its controls on this machine when it starts, and refuses to start where
# one does not hold. Name one here to start without it (strongroom doctor explains each).
acceptUnenforced: []
`;
