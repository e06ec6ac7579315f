/**
 * Runs when a notebook server starts: who commits, and CodeCommit without a password. It fails for
 * nothing, because a server whose script fails does not start.
 */
export function lifecycleScript(options: {
  readonly domainName: string;
  readonly region: string;
}): string {
  const { domainName, region } = options;
  return `#!/bin/bash
set -u
metadata=/opt/ml/metadata/resource-metadata.json
person=$(python3 -c "import json; print(json.load(open('$metadata')).get('SpaceName', ''))" 2>/dev/null || true)
if [ -n "$person" ]; then
  git config --global user.name "$person" || true
  git config --global user.email "$person@${domainName}.strongroom.invalid" || true
fi
git config --global credential.helper '!aws codecommit credential-helper $@' || true
git config --global credential.UseHttpPath true || true
aws configure set region ${region} || true
exit 0
`;
}
