import type { ShownValue } from '../../../contract/proposals.ts';
import { optionOf, recordName, shown } from '../../../contract/texts/proposal-words.ts';
import { useTranslation } from '../../texts/language.ts';
import { sayProposal } from './say-proposal.ts';
import classes from './proposal.module.css';

/** Where a text is longer it is scrolled in place, so that it does not push away what follows. */
const longCharacters = 400;
const longLines = 8;

/** One value, whole and unmistakable: a text that says "empty" or a name is not the same as nothing or a record. */
export function ProposalValue({ value, label }: { value: ShownValue; label: string }) {
  const { t, language, locale } = useTranslation();
  switch (value.kind) {
    case 'empty':
      return <em className={classes.none}>{t('approvals.empty')}</em>;
    case 'text':
      return <TextValue text={value.text} characters={value.characters} label={label} />;
    case 'number': {
      const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 }).format(value.number);
      return <span>{value.unit ? `${number} ${shown(value.unit)}` : number}</span>;
    }
    case 'boolean':
      return <span>{t(value.value ? 'approvals.yes' : 'approvals.no')}</span>;
    case 'choice':
      return <span>{optionOf(sayProposal(t), value, language)}</span>;
    case 'file':
      return <span>{t('approvals.bytes', { count: value.bytes })}</span>;
    case 'records': {
      const more = value.count - value.records.length;
      return (
        <span className={classes.records}>
          {value.records.map((record) => (
            <RecordName key={record.id} record={record} />
          ))}
          {more > 0 && <span>{t('approvals.more', { count: more })}</span>}
        </span>
      );
    }
  }
}

/** Two records may have one name; their numbers differ. */
export function RecordName({ record }: { record: { id: number; name: string } }) {
  return (
    <span className={classes.record}>
      <bdi>{recordName(record)}</bdi>
      {record.name !== '' && <span className={classes.id}>#{record.id}</span>}
    </span>
  );
}

function TextValue({ text, characters, label }: { text: string; characters: number | undefined; label: string }) {
  const { t } = useTranslation();
  const count = characters ?? text.length;
  const lines = text.split('\n').length;
  if (count <= longCharacters && lines <= longLines) {
    return (
      <span className={classes.text} dir="auto">
        {shown(text)}
      </span>
    );
  }
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
      <div className={classes.long} tabIndex={0} role="group" aria-label={label} dir="auto">
        {shown(text)}
        {characters !== undefined && '…'}
      </div>
      <p className={classes.count}>
        {[t('approvals.characters', { count }), ...(lines > 1 ? [t('approvals.lines', { count: lines })] : [])].join(
          ', ',
        )}
        {characters !== undefined && `. ${t('approvals.cut')}`}
      </p>
    </>
  );
}
