import { FileText, Globe, Lock } from 'lucide-react';
import { isWebAddress } from '../../../contract/cited-names.ts';
import type { SharedConversation, SharedMessage } from '../../../contract/sharing.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { urlOf } from '../../api/client.ts';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import { titleOfTool } from '../../texts/tool-titles.ts';
import { useFormats } from '../../ui/formats.ts';
import { fileSize } from '../chat/formats.ts';
import { Markdown } from '../chat/markdown.tsx';
import { placeText } from '../chat/sources/place-text.ts';
import { sourceName } from '../chat/sources/source-link.tsx';
import { ToolInput } from '../chat/tool-input.tsx';
import { toolStateKeys } from '../chat/tool-state.ts';
import classes from './sharing.module.css';

interface SharedMessageRowProps {
  message: SharedMessage;
  shared: SharedConversation;
}

/** One message, to be read: what tools were asked for is folded. */
export function SharedMessageRow({ message, shared }: SharedMessageRowProps) {
  const { t } = useTranslation();
  const say = useSentences();
  const { dateTime } = useFormats();
  const { role, content, createdAt, attachments = [], toolCalls = [], sources = [], finishReason } = message;
  const speaker = role === 'user' ? shared.owner : shared.agent.name;
  const cutOff = role === 'assistant' && finishReason && finishReason !== 'stop' ? finishReason : undefined;
  return (
    <article className={classes.message} data-role={role} aria-label={speaker}>
      <p className={classes.speaker}>
        {speaker} <time dateTime={createdAt}>{dateTime(createdAt)}</time>
      </p>
      {content !== '' &&
        (role === 'user' ? (
          <div className={classes.said} dir="auto">
            {content}
          </div>
        ) : (
          <Markdown text={content} growing={false} />
        ))}
      {attachments.length > 0 && (
        <ul className={classes.files}>
          {attachments.map(({ id, filename, size }) => (
            <li key={id}>
              <a href={urlOf('getSharedUpload', { params: { shareId: shared.id, uploadId: id } })} download={filename}>
                <FileText size={15} aria-hidden /> {filename} <span>{fileSize(size)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {toolCalls.map((call) => (
        <details key={call.toolCallId} className={classes.call}>
          <summary>
            {t('sharing.toolCall', {
              tool: titleOfTool(t, call.name),
              state: call.summary === undefined ? t(toolStateKeys[call.state]) : say(call.summary),
            })}
          </summary>
          <ToolInput input={call.input} />
        </details>
      ))}
      {sources.length > 0 && (
        <ul className={classes.sources} aria-label={t('chat.sources')}>
          {sources.map((source) => (
            <li key={source.number}>
              {'withheld' in source ? (
                <span className={classes.withheld}>
                  <Lock size={13} aria-hidden /> {t('sharing.withheld', { number: source.number })}
                </span>
              ) : (
                <details>
                  <summary>
                    {isWebAddress(source.path) ? <Globe size={13} aria-hidden /> : <FileText size={13} aria-hidden />} [
                    {source.number}] {sourceName(source.path)}, {placeText(t, visibleText(source.place))}
                  </summary>
                  <blockquote dir="auto">{visibleText(source.text)}</blockquote>
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
      {cutOff && <p className={classes.note}>{t(`chat.endedEarly.${cutOff}`)}</p>}
    </article>
  );
}
