/** Registration numbers for tests, computed: no real person's number is written down anywhere. */
export function registrationNumber(
  first12: string,
  options: { isForeigner?: boolean } = {},
): string {
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first12[index]), 0);
  const isForeigner = options.isForeigner === true;
  return `${first12}${(11 - (sum % 11) + (isForeigner ? 2 : 0)) % 10}`;
}

/** The same with another last digit. */
export function withWrongLastDigit(number: string): string {
  return number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10);
}

export function hyphenated(number: string): string {
  return `${number.slice(0, 6)}-${number.slice(6)}`;
}

/** In pieces, so that no scanner of repositories takes this file for a leak. */
export const samples = {
  accessKeyId: ['AKIA', 'Z7Q3K4M5N6P7Q8R9'].join(''),
  temporaryAccessKeyId: ['ASIA', 'Z7Q3K4M5N6P7Q8R9'].join(''),
  secretAccessKey: ['wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYzzAbCdEfGh'].join(''),
  googleKey: ['AIza', 'SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q'].join(''),
  gitHubToken: ['ghp_', 'aB3dE5'.repeat(6)].join(''),
  gitLabToken: ['glpat', '-abcdefghij0123456789'].join(''),
  slackToken: ['xoxb', '-123456789012-123456789012-abcdefghijklmnopqrstuvwx'].join(''),
  huggingFaceToken: ['hf_', 'abcdefghijABCDEFGHIJ0123456789abcd'].join(''),
  openAiKey: ['sk-', `proj-${'aB3_-dE5'.repeat(8)}`].join(''),
  anthropicKey: ['sk-', `ant-api03-${'aB3dE5_x'.repeat(11)}abcdeAA`].join(''),
  webToken: ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxIn0', 'abcdefghijklmnopqrstuvwxyz0123'].join('.'),
  privateKey: pem('RSA PRIVATE KEY', `MIIE${'owIBAAKCAQ'.repeat(20)}`),
  encryptedPrivateKey: pem('ENCRYPTED PRIVATE KEY', `MIIF${'HDBOBgkqhk'.repeat(20)}`),
} as const;

function pem(label: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`].join('\n');
}
