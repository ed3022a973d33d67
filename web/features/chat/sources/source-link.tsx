import { type ReactNode, useContext } from 'react';
import { isWebAddress, nameOfDocument } from '../../../../contract/cited-names.ts';
import type { Source } from '../../../../contract/socket.ts';
import { visibleText } from '../../../../contract/visible-text.ts';
import { useTranslation } from '../../../texts/language.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { placeText } from './place-text.ts';
import { SourcesContext } from './source-context.tsx';
import classes from './sources.module.css';

interface SourceLinkProps {
  source: Source;
  className: string | undefined;
  /** What it shows is a number alone, which says little to who cannot see where it stands. */
  isNumber?: boolean;
  children: ReactNode;
}

const shownCharacters = 420;

/** Leads to a source, and shows its passage to whoever points at it or comes to it with the keyboard. */
export function SourceLink({ source, className, isNumber = false, children }: SourceLinkProps) {
  const { t } = useTranslation();
  const { open } = useContext(SourcesContext);
  const name = sourceName(source.path);
  const place = placeText(t, visibleText(source.place));
  const label = isNumber ? t('chat.openSource', { number: source.number, name, place }) : undefined;
  if (isWebAddress(source.path)) {
    return (
      <Tooltip label={<Preview source={source} name={name} place={place} />}>
        <a className={className} href={source.path} target="_blank" rel="noopener noreferrer" aria-label={label}>
          {children}
        </a>
      </Tooltip>
    );
  }
  return (
    <Tooltip label={<Preview source={source} name={name} place={place} />}>
      <button type="button" className={className} aria-label={label} onClick={() => open(source)}>
        {children}
      </button>
    </Tooltip>
  );
}

export const sourceName = (path: string): string =>
  visibleText(isWebAddress(path) ? (URL.parse(path)?.host ?? path) : nameOfDocument(path));

function Preview({ source, name, place }: { source: Source; name: string; place: string }) {
  const text = visibleText(source.text);
  return (
    <span className={classes.preview}>
      <strong>{name}</strong>
      <span>{place}</span>
      {text !== '' && (
        <span className={classes.previewText} dir="auto">
          {text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text}
        </span>
      )}
    </span>
  );
}
