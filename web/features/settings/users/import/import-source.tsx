import { Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../../../texts/language.ts';
import classes from '../users.module.css';
import { readListFile } from './read-invite-list.ts';

interface ImportSourceProps {
  text: string;
  onText: (text: string) => void;
  onNext: () => void;
  onCancel: () => void;
  hasGroups: boolean;
}

const maxBytes = 1_000_000;

/** Where the list comes from: pasted, or a file. */
export function ImportSource({ text, onText, onNext, onCancel, hasGroups }: ImportSourceProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (file: File | null) => {
    if (!file) return;
    setProblem(file.size > maxBytes ? t('people.import.tooLarge') : null);
    if (file.size <= maxBytes) onText(await readListFile(file));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <Stack>
        <Text size="sm">{t('people.import.hint')}</Text>
        <pre className={classes.sample}>
          {`email,name,role,groups\nada@example.com,Ada Lovelace,admin,\ngrace@example.com,Grace Hopper,member,${
            hasGroups ? t('people.import.sampleGroups') : ''
          }`}
        </pre>
        <Textarea
          label={t('people.import.list')}
          value={text}
          onChange={(event) => {
            onText(event.currentTarget.value);
            setProblem(null);
          }}
          error={problem}
          autosize
          minRows={5}
          maxRows={12}
          spellCheck={false}
          autoCapitalize="off"
          data-autofocus
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        />
        <Group justify="space-between">
          <FileButton onChange={(file) => void read(file)} accept=".csv,.tsv,.txt,text/csv,text/plain">
            {(props) => (
              <Button variant="default" leftSection={<FileText size={16} aria-hidden />} {...props}>
                {t('people.import.file')}
              </Button>
            )}
          </FileButton>
          <Group>
            <Button variant="default" onClick={onCancel}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={text.trim() === ''}>
              {t('people.import.check')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
