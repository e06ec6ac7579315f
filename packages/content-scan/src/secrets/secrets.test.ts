import { describe, expect, it } from 'vitest';
import { defaultScanRules } from '../scan-rules.ts';
import { scanText } from '../scan-text.ts';
import { samples } from '../testing/samples.ts';

async function rulesOf(text: string): Promise<string[]> {
  return (await scanText(text, defaultScanRules)).map((finding) => finding.rule);
}

describe('secrets that are found', () => {
  it.each([
    ['an access key', `key = '${samples.accessKeyId}'`, 'cloud-key'],
    ['a temporary access key', samples.temporaryAccessKeyId, 'cloud-key'],
    ['a secret access key', `aws_secret_access_key="${samples.secretAccessKey}"`, 'cloud-key'],
    ['a Google key', `GET /maps?key=${samples.googleKey}&q=1`, 'cloud-key'],
    ['a GitHub token', `token ${samples.gitHubToken}`, 'token'],
    ['a GitLab token', samples.gitLabToken, 'token'],
    ['a Slack token', samples.slackToken, 'token'],
    ['a Hugging Face token', `login("${samples.huggingFaceToken}")`, 'token'],
    ['an OpenAI key', samples.openAiKey, 'token'],
    ['an Anthropic key', samples.anthropicKey, 'token'],
    ['a JSON Web Token', `Authorization: Bearer ${samples.webToken}`, 'token'],
    ['a bearer token', 'Authorization: Bearer 2f9c0a7b1d4e4c7f9b6a8d', 'token'],
    ['a private key', samples.privateKey, 'private-key'],
    ['an encrypted private key', samples.encryptedPrivateKey, 'private-key'],
    ['a private key in JSON', JSON.stringify({ key: samples.privateKey }), 'private-key'],
    ['a private key without its end', samples.privateKey.split('-----END')[0] ?? '', 'private-key'],
    ['a password in an address', 'https://bob:hunter22@server.bank.kr/x', 'password-in-url'],
    ['a password with signs in an address', 'https://bob:p!w$9@10.0.0.4/x', 'password-in-url'],
    ['a database’s password', 'postgresql://bob:hunter2@db:5432/x', 'password-in-url'],
    ['an unknown scheme’s password', 'clickhouse+native://u:s3cr3t@ch/x', 'password-in-url'],
    ['a password that is assigned', 'password = "tr0ub4dor"', 'token'],
    ['a password as an argument', "connect(host, passwd='tr0ub4dor')", 'token'],
    ['a password in JSON', '{"db_password": "tr0ub4dor&3"}', 'token'],
    ['a password as a dictionary’s item', 'config["password"] = "tr0ub4dor"', 'token'],
    ['a password in Korean', '비밀번호: "dlatl1234!"', 'token'],
    ['a password in an environment', 'a=1\nexport DB_PASSWORD=tr0ub4dor\n', 'token'],
    ['a key that is assigned', 'api_key = "9f8e7d6c5b4a3f2e1d0c"', 'token'],
  ])('%s', async (_name, text, rule) => {
    expect(await rulesOf(text)).toEqual([rule]);
  });

  it('a comment of the library does not switch the scan off', async () => {
    const text = `# secretlint-disable\n${samples.gitHubToken}`;
    expect(await rulesOf(text)).toEqual(['token']);
  });
});

describe('what is no secret', () => {
  it.each([
    ['AWS’s own example', 'AKIAIOSFODNN7EXAMPLE'],
    ['an access key within base64', `iVBORw0KGgo/${samples.accessKeyId}/AAAA`],
    ['a variable', 'password = os.environ["DB_PASSWORD"]'],
    ['a template', 'password = "{{DB_PASSWORD}}"; url = "https://u:{password}@h/"'],
    ['a format string', 'f"postgresql://{user}:{password}@{host}/{name}"'],
    ['a placeholder', 'password = "your-password"; token: "<token>"; secret = "changeme"'],
    ['stars', 'password: "********"'],
    ['a prompt', 'password = getpass.getpass("Password: "); x = "y"'],
    ['a tokenizer', 'eos_token = "<|endoftext|>"; pad_token="[PAD]"; token = "unbelievable"'],
    ['a folder', 'pwd = "/home/alice/work"'],
    ['a public key', `-----BEGIN PUBLIC KEY-----\n${'MIIBIjANBg'.repeat(20)}`],
    ['a key that is only announced', 'starts with -----BEGIN PRIVATE KEY----- and ends'],
    ['a hash', `sha256:${'9f86d081'.repeat(8)}`],
    ['an address with a port', 'https://server.bank.kr:8443/a@b and http://localhost:8888/lab?x=1'],
    ['a time in an address', 'https://h.kr/10:30@noon'],
    ['the name of a column', 'frame["secret"] = frame["access_key"].fillna("unknown value")'],
  ])('%s', async (_name, text) => {
    expect(await rulesOf(text)).toEqual([]);
  });
});
