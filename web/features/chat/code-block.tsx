import { ActionIcon } from '@mantine/core';
import { WrapText } from 'lucide-react';
import { type CSSProperties, useEffect, useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { CopyButton } from './copy-button.tsx';
import type { HighlightedToken } from './highlight.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import classes from './markdown.module.css';

interface CodeBlockProps {
  code: string;
  language: string;
  /** Colours wait until the block is whole, so that a growing one stays cheap. */
  growing: boolean;
}

export function CodeBlock({ code, language, growing }: CodeBlockProps) {
  const { t } = useTranslation();
  const [wrapped, setWrapped] = useState(false);
  const lines = useHighlighting(code, language, growing);
  return (
    <div className={classes.codeBlock}>
      <div className={classes.codeHeader}>
        <span>{language}</span>
        <span className={classes.codeActions}>
          <WrapButton wrapped={wrapped} onToggle={() => setWrapped(!wrapped)} />
          <CopyButton label={t('chat.copyCode')} text={() => code} />
        </span>
      </div>
      <pre
        className={classes.lines}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
        tabIndex={0}
        aria-label={language || undefined}
        data-wrapped={wrapped || undefined}
      >
        <code>
          {lines
            ? lines.map((line, index) => (
                <span key={index}>
                  {line.map((token, place) => (
                    <span key={place} className={classes.token} style={token.style as CSSProperties}>
                      {token.content}
                    </span>
                  ))}
                  {index < lines.length - 1 && '\n'}
                </span>
              ))
            : code}
        </code>
      </pre>
    </div>
  );
}

function WrapButton({ wrapped, onToggle }: { wrapped: boolean; onToggle: () => void }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('chat.wrapCode')}>
      <ActionIcon
        variant={wrapped ? 'light' : 'subtle'}
        color="gray"
        size="sm"
        aria-label={t('chat.wrapCode')}
        aria-pressed={wrapped}
        onClick={onToggle}
      >
        <WrapText size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

function useHighlighting(code: string, language: string, growing: boolean): HighlightedToken[][] | undefined {
  const [highlighted, setHighlighted] = useState<{ code: string; lines: HighlightedToken[][] }>();
  useEffect(() => {
    if (growing || !language) return undefined;
    let wanted = true;
    void import('./highlight.ts')
      .then(({ highlightCode }) => highlightCode(code, language))
      .then(
        (lines) => wanted && lines && setHighlighted({ code, lines }),
        // Without its colours the code is still there.
        () => undefined,
      );
    return () => {
      wanted = false;
    };
  }, [code, language, growing]);
  return highlighted?.code === code ? highlighted.lines : undefined;
}
