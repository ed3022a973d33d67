import type {
  Proposal,
  ProposedField,
  ProposedLine,
  ProposedLineField,
  ShownValue,
} from '../../../contract/proposals.ts';
import { headlineOf, labelOf } from '../../../contract/texts/proposal-words.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { useTranslation } from '../../texts/language.ts';
import { ToolInput } from '../chat/tool-input.tsx';
import { ProposalValue, RecordName } from './proposal-value.tsx';
import { sayProposal } from './say-proposal.ts';
import classes from './proposal.module.css';

interface ProposalViewProps {
  proposal: Proposal;
  /** The tool by its id, and exactly what it is given. */
  tool: string;
  input: unknown;
}

/** What a call that asks first would do, in the words of the business; the raw input is one click away. */
export default function ProposalView({ proposal, tool, input }: ProposalViewProps) {
  const { t } = useTranslation();
  const { connection, records, about, fields, action } = proposal;
  return (
    <div className={classes.proposal} data-destroys={proposal.destroys || undefined}>
      <p className={classes.headline}>{headlineOf(sayProposal(t), proposal)}</p>
      {connection?.host && (
        <p className={classes.host}>{t('approvals.host', { host: visibleText(connection.host) })}</p>
      )}
      {(records.length > 0 || about.length > 0) && (
        <dl className={classes.fields}>
          {records.length > 0 && (
            <div>
              <dt>{t('approvals.record', { count: records.length })}</dt>
              <dd className={classes.records}>
                {records.map((record) => (
                  <RecordName key={record.id} record={record} />
                ))}
              </dd>
            </div>
          )}
          {about.map((field, index) => (
            <FieldRow key={`${field.name} ${index}`} field={field} records={[]} />
          ))}
        </dl>
      )}
      {fields.length > 0 && (
        <>
          {(records.length > 0 || about.length > 0) && <p className={classes.section}>{t('approvals.sets')}</p>}
          <dl className={classes.fields}>
            {fields.map((field) => (
              <FieldRow key={field.name} field={field} records={records} />
            ))}
          </dl>
          {action === 'change' && fields.some(({ before, after }) => !before && after.kind !== 'lines') && (
            <p className={classes.count}>{t('approvals.unknownBefore')}</p>
          )}
        </>
      )}
      <details className={classes.raw}>
        <summary>{t('approvals.raw')}</summary>
        <p className={classes.count}>{t('approvals.rawHint')}</p>
        <code>{visibleText(tool)}</code>
        <ToolInput input={input} />
      </details>
    </div>
  );
}

function FieldRow({ field, records }: { field: ProposedField | ProposedLineField; records: Proposal['records'] }) {
  const { t, language } = useTranslation();
  const label = labelOf(sayProposal(t), field, language);
  const { after, before = [] } = field;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {after.kind === 'lines' ? (
          after.lines.map((line, index) => <LineChange key={index} line={line} />)
        ) : before.length > 1 ? (
          <ul className={classes.each}>
            {before.map((value, index) => (
              <li key={index}>
                {records[index] && <RecordName record={records[index]} />}
                <FromTo before={value} after={after} label={label} />
              </li>
            ))}
          </ul>
        ) : (
          <FromTo before={before[0]} after={after} label={label} />
        )}
      </dd>
    </div>
  );
}

function FromTo({ before, after, label }: { before: ShownValue | undefined; after: ShownValue; label: string }) {
  const { t } = useTranslation();
  if (!before) return <ProposalValue value={after} label={label} />;
  return (
    <span className={classes.fromTo}>
      <span className="visually-hidden">{t('approvals.from')} </span>
      <span className={classes.before}>
        <ProposalValue value={before} label={`${label}: ${t('approvals.from')}`} />
      </span>
      <span aria-hidden className={classes.arrow}>
        →
      </span>
      <span className="visually-hidden"> {t('approvals.to')} </span>
      <span className={classes.after}>
        <ProposalValue value={after} label={`${label}: ${t('approvals.to')}`} />
      </span>
    </span>
  );
}

function LineChange({ line }: { line: ProposedLine }) {
  const { t } = useTranslation();
  const { change, records, fields } = line;
  return (
    <div className={classes.line} data-destroys={change === 'delete' || undefined}>
      <p className={classes.change}>
        {t(`approvals.changes.${change}`)}{' '}
        {records.map((record) => (
          <RecordName key={record.id} record={record} />
        ))}
      </p>
      {fields.length > 0 && (
        <dl className={classes.fields}>
          {fields.map((field) => (
            <FieldRow key={field.name} field={field} records={[]} />
          ))}
        </dl>
      )}
    </div>
  );
}
