import type { Image, StudioCompute } from '@strongroom/contracts';
import { kernelText } from '../kernel-text.ts';
import { isUsable } from '../model/choice.ts';
import type { ChoiceDialogModel } from '../model/choice-dialog-model.ts';
import { sentenceText } from '../view-context.ts';
import type { ChoiceDialogContext } from './open-choice-dialog.tsx';

export interface ImageCardsProps {
  readonly model: ChoiceDialogModel;
  readonly offered: StudioCompute;
  readonly context: ChoiceDialogContext;
}

export function ImageCards({ model, offered, context }: ImageCardsProps) {
  const { trans } = context;
  return (
    <fieldset>
      <legend>{trans.__('Image')}</legend>
      <div className="sr-Choice-cards">
        {offered.images.map((image) => (
          <ImageCard key={image.imageName} {...{ image, model, context }} />
        ))}
      </div>
    </fieldset>
  );
}

function ImageCard({
  image,
  model,
  context,
}: Omit<ImageCardsProps, 'offered'> & { readonly image: Image }) {
  const { trans, languageTag } = context;
  const isChosen = model.image?.imageName === image.imageName;
  const languages = [
    ...new Set(image.kernels.map(({ displayName }) => kernelText(image, displayName))),
  ];
  return (
    <label className="sr-Choice-card" data-chosen={isChosen} data-usable={isUsable(image)}>
      <input
        type="radio"
        name="strongroom-image"
        checked={isChosen}
        disabled={!isUsable(image) || model.isWorking}
        onChange={() => model.chooseImage(image)}
      />
      <ImageIcon image={image} />
      <span className="sr-Choice-cardText">
        <span className="sr-Choice-cardName">
          {image.displayName}
          {image.version !== null && <small>{image.version}</small>}
          {image.isDefault && <small className="sr-Choice-tag">{trans.__('default')}</small>}
        </span>
        {image.description !== null && <span>{image.description}</span>}
        {languages.length > 0 && <small>{languages.join(', ')}</small>}
        {image.state !== 'ready' && (
          <small className="sr-Choice-why">
            {image.state === 'preparing' ? trans.__('Being prepared.') : trans.__('It has failed.')}{' '}
            {sentenceText(image.reason, languageTag)}
          </small>
        )}
      </span>
    </label>
  );
}

/** The picture of the image, or its first letter. */
function ImageIcon({ image }: { readonly image: Image }) {
  return image.iconUrl === null ? (
    <span className="sr-Choice-icon" aria-hidden="true">
      {[...image.displayName][0] ?? ''}
    </span>
  ) : (
    <img className="sr-Choice-icon" src={image.iconUrl} alt="" />
  );
}
