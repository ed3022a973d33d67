import { FileText, Globe } from 'lucide-react';
import { useContext } from 'react';
import { isWebAddress } from '../../../../contract/cited-names.ts';
import { visibleText } from '../../../../contract/visible-text.ts';
import { useTranslation } from '../../../texts/language.ts';
import { placeText } from './place-text.ts';
import { SourcesContext } from './source-context.tsx';
import { SourceLink, sourceName } from './source-link.tsx';
import classes from './sources.module.css';

/** Below an answer: what it rests on. */
export function SourceList() {
  const { t } = useTranslation();
  const { sources } = useContext(SourcesContext);
  if (sources.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('chat.sources')}>
      {sources.map((source) => (
        <li key={source.number}>
          <SourceLink source={source} className={classes.entry}>
            <span className="visually-hidden">{t('chat.source')} </span>
            <span className={classes.number}>{source.number}</span>
            <span className="visually-hidden">: </span>
            {isWebAddress(source.path) ? <Globe size={13} aria-hidden /> : <FileText size={13} aria-hidden />}
            <span className={classes.entryName} dir="auto">
              {sourceName(source.path)}
            </span>
            <span className="visually-hidden">, </span>
            <span className={classes.entryPlace}>{placeText(t, visibleText(source.place))}</span>
          </SourceLink>
        </li>
      ))}
    </ul>
  );
}
