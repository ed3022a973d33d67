import { visibleText } from '../../../contract/visible-text.ts';
import { useTranslation } from '../../texts/language.ts';
import classes from './tool-call.module.css';

/** A tool's input as names and values; whatever is nested is shown exactly, as JSON. */
export function ToolInput({ input }: { input: unknown }) {
  const { t } = useTranslation();
  const entries =
    input !== null && typeof input === 'object' && !Array.isArray(input) ? Object.entries(input) : undefined;
  const empty = input === undefined || input === null || entries?.length === 0;
  return (
    <>
      <p className={classes.label}>{t('chat.toolInput')}</p>
      {empty && <p className={classes.result}>{t('chat.toolNoInput')}</p>}
      {!empty && !entries && <pre className={classes.exact}>{written(input)}</pre>}
      {!empty && entries && (
        <dl className={classes.input}>
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt translate="no">{visibleText(name)}</dt>
              <dd>
                <pre className={classes.exact}>{written(value)}</pre>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** JSON on one line where it is short. Nothing in it is hidden: people approve what they see here. */
function written(value: unknown): string {
  if (typeof value === 'string') return visibleText(value);
  const line = JSON.stringify(value);
  return visibleText(line.length <= 60 ? line : JSON.stringify(value, null, 2));
}
