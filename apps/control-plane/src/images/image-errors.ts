import { ImageError } from './image-error.ts';

/** Every reason in both languages; `detail` is a tool's own words and stays as it is. */
export const imageErrors = {
  toolsMissing: (tool: string) =>
    new ImageError('ToolsMissing', {
      english: `${tool} is not installed. Install the Debian packages skopeo and umoci, then add the image again`,
      korean: `${tool}이(가) 설치되어 있지 않습니다. Debian 패키지 skopeo와 umoci를 설치한 뒤 이미지를 다시 추가하세요`,
    }),
  unreadable: (detail: string, cause?: unknown) =>
    new ImageError(
      'ReferenceUnreadable',
      {
        english: `The image cannot be read: ${detail}`,
        korean: `이미지를 읽을 수 없습니다: ${detail}`,
      },
      { cause },
    ),
  digestMismatch: (expected: string, found: string) =>
    new ImageError('DigestMismatch', {
      english: `The domain file pins ${expected}, but the image is ${found}`,
      korean: `도메인 파일에 고정된 다이제스트는 ${expected}이지만 이미지는 ${found}입니다`,
    }),
  otherArchitecture: (found: string, here: string) =>
    new ImageError('OtherArchitecture', {
      english: `The image is for ${found}; this machine needs ${here}`,
      korean: `이미지는 ${found}용입니다. 이 서버에는 ${here}용이 필요합니다`,
    }),
  tooLarge: (neededMebibytes: number, freeMebibytes: number) =>
    new ImageError('TooLarge', {
      english: `The image needs about ${neededMebibytes} MiB, and ${freeMebibytes} MiB are free for it. Free some space, then add it again`,
      korean: `이미지에 약 ${neededMebibytes} MiB가 필요하지만 사용할 수 있는 공간은 ${freeMebibytes} MiB입니다. 공간을 확보한 뒤 다시 추가하세요`,
    }),
  diskFilled: () =>
    new ImageError('TooLarge', {
      english: 'The disk had too little space while the image was unpacked, so it was taken away',
      korean: '이미지를 푸는 동안 디스크 공간이 부족해져 작업을 취소하고 파일을 삭제했습니다',
    }),
  unpackable: (detail: string, cause?: unknown) =>
    new ImageError(
      'Unpackable',
      {
        english: `The image cannot be unpacked: ${detail}`,
        korean: `이미지를 풀 수 없습니다: ${detail}`,
      },
      { cause },
    ),
  hasDevices: (path: string) =>
    new ImageError('HasDevices', {
      english: `The image brings the device file ${path}. Build it without device files`,
      korean: `이미지에 장치 파일 ${path}이(가) 있습니다. 장치 파일 없이 다시 빌드하세요`,
    }),
  damaged: () =>
    new ImageError('Damaged', {
      english:
        'The unpacked image has changed since it was added. "strongroom images check" unpacks it anew',
      korean:
        '풀어 둔 이미지가 추가된 이후 변경되었습니다. "strongroom images check"를 실행하면 다시 풉니다',
    }),
  rootUnusable: (detail: string, cause?: unknown) =>
    new ImageError(
      'RootUnusable',
      {
        english: `No sandbox can run on the image: ${detail}`,
        korean: `이 이미지로는 샌드박스를 실행할 수 없습니다: ${detail}`,
      },
      { cause },
    ),
  noKernels: (wanted: readonly string[] | undefined) =>
    new ImageError('NoKernels', {
      english:
        wanted === undefined
          ? 'The image has no Jupyter kernel. Install one in it, for example ipykernel'
          : `The image has none of the kernels that the domain file names: ${wanted.join(', ')}`,
      korean:
        wanted === undefined
          ? '이미지에 Jupyter 커널이 없습니다. ipykernel 같은 커널을 설치하세요'
          : `도메인 파일에 지정된 커널이 이미지에 없습니다: ${wanted.join(', ')}`,
    }),
} as const;
