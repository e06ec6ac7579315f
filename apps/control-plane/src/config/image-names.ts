import { StrongroomError } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';

type Named = Pick<Domain, 'images' | 'defaults'>;

/** @throws {StrongroomError} `ImageExists` */
export function requireNewImage({ images }: Named, imageName: string): void {
  if (!images.some((image) => image.imageName === imageName)) return;
  throw new StrongroomError(
    'ImageExists',
    `Cannot add "${imageName}": an image of that name exists`,
    { values: { imageName } },
  );
}

/** @throws {StrongroomError} `ImageNotFound`, `ImageInUse` */
export function requireRemovableImage({ images, defaults }: Named, imageName: string): void {
  if (!images.some((image) => image.imageName === imageName)) {
    throw new StrongroomError('ImageNotFound', `Cannot find the image "${imageName}"`, {
      values: { imageName },
    });
  }
  if (defaults.imageName !== imageName) return;
  throw new StrongroomError('ImageInUse', `Cannot remove "${imageName}": new notebooks run on it`, {
    remedy: 'Name another under defaults.imageName first',
    values: { imageName },
  });
}
