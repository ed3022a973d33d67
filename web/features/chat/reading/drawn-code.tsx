import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { CodeBlock } from '../code-block.tsx';
import classes from './reading.module.css';
import { SandboxFrame } from './sandbox-frame.tsx';

interface DrawnCodeProps {
  code: string;
  language: string;
}

/** A diagram, shown as a picture at once, or a page or drawing, shown when it is asked for; the code is one press away. */
export default function DrawnCode({ kind, code, language }: DrawnCodeProps & { kind: 'diagram' | 'markup' }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(kind === 'diagram');
  const [failed, setFailed] = useState<string>();
  const isFailed = failed === code;
  return (
    <div className={classes.drawn}>
      {wanted && !isFailed ? (
        <SandboxFrame
          kind={kind}
          text={code}
          title={t(kind === 'diagram' ? 'chat.diagram' : 'chat.preview')}
          onFailed={() => setFailed(code)}
        />
      ) : (
        <CodeBlock code={code} language={language} growing={false} />
      )}
      {isFailed ? (
        <p className={classes.drawnNote}>{t('chat.diagramFailed')}</p>
      ) : (
        <div className={classes.tableActions}>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setWanted(!wanted)}>
            {t(wanted ? 'chat.showCode' : kind === 'diagram' ? 'chat.showDiagram' : 'chat.showPreview')}
          </Button>
        </div>
      )}
    </div>
  );
}
