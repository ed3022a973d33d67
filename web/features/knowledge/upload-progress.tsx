import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { CircleAlert, CircleCheck, FileQuestion } from 'lucide-react';
import { maxDocumentBytes } from '../../../contract/limits.ts';
import { useTranslation } from '../../texts/language.ts';
import { askToConfirm } from '../../ui/confirm.ts';
import { fileSize } from '../chat/formats.ts';
import type { DocumentProblem } from './document-queue.ts';
import classes from './knowledge.module.css';
import { uploadQueue, useUploadQueue } from './upload-queue.ts';

const maxListed = 30;

/** How far the documents are on their way, and what each that did not arrive waits for. */
export function UploadProgress() {
  const { t } = useTranslation();
  const state = useUploadQueue();
  const existing = state.problems.filter(({ kind }) => kind === 'exists');
  const refused = state.problems.filter(({ kind }) => kind !== 'exists');
  const isIdle = state.total === 0 && state.problems.length === 0 && state.leftOut === 0;
  if (isIdle) return null;
  return (
    <Stack gap="sm" mt="md">
      {state.isSending && <Sending />}
      <Stack gap={4} role="status">
        {!state.isSending && state.done > 0 && (
          <Group gap={8} wrap="nowrap">
            <CircleCheck size={16} aria-hidden className={classes.done} />
            <Text size="sm">{t('knowledge.sent', { count: state.done })}</Text>
          </Group>
        )}
        {state.leftOut > 0 && (
          <Text size="sm" c="dimmed">
            {t('knowledge.leftOut', { count: state.leftOut })}
          </Text>
        )}
      </Stack>
      {existing.length > 0 && <Existing problems={existing} />}
      {refused.length > 0 && <Refused problems={refused} />}
    </Stack>
  );
}

function Sending() {
  const { t } = useTranslation();
  const { done, total, bytes, sentBytes } = useUploadQueue();
  return (
    <div>
      <Group justify="space-between" gap="sm" mb={6}>
        <Text size="sm" fw={550}>
          {t('knowledge.sending', { done, total })}
        </Text>
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {t('knowledge.sentSize', { sent: fileSize(sentBytes), size: fileSize(bytes) })}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => uploadQueue.stop()}>
            {t('knowledge.stop')}
          </Button>
        </Group>
      </Group>
      <Progress
        value={bytes === 0 ? 100 : (100 * sentBytes) / bytes}
        aria-label={t('knowledge.sending', { done, total })}
      />
    </div>
  );
}

function Existing({ problems }: { problems: readonly DocumentProblem[] }) {
  const { t } = useTranslation();
  const replace = (chosen: readonly DocumentProblem[]) =>
    askToConfirm({
      title: t('knowledge.replaceQuestion', { count: chosen.length }),
      body: t('knowledge.replaceBody'),
      confirm: t('knowledge.replace'),
      action: async () => uploadQueue.resolve(chosen),
    });
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      icon={<FileQuestion size={18} aria-hidden />}
      title={t('knowledge.existing', { count: problems.length })}
    >
      <Text size="sm">{t('knowledge.existingHint')}</Text>
      <ProblemList problems={problems}>
        {(problem) => (
          <Group gap={6} wrap="nowrap">
            <Button size="compact-sm" variant="default" onClick={() => replace([problem])}>
              {t('knowledge.replace')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => uploadQueue.dismiss([problem])}>
              {t('knowledge.keep')}
            </Button>
          </Group>
        )}
      </ProblemList>
      {problems.length > 1 && (
        <Group gap="xs" mt="sm">
          <Button size="compact-sm" variant="default" onClick={() => replace(problems)}>
            {t('knowledge.replaceAll')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => uploadQueue.dismiss(problems)}>
            {t('knowledge.keepAll')}
          </Button>
        </Group>
      )}
    </Alert>
  );
}

function Refused({ problems }: { problems: readonly DocumentProblem[] }) {
  const { t } = useTranslation();
  const again = problems.filter(({ kind }) => kind === 'refused');
  const reasonOf = ({ kind, reason }: DocumentProblem) => {
    if (kind === 'too-large') return t('knowledge.tooLarge', { size: fileSize(maxDocumentBytes) });
    return reason === '' ? t('knowledge.notSent') : reason;
  };
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<CircleAlert size={18} aria-hidden />}
      title={t('knowledge.failed', { count: problems.length })}
    >
      <ProblemList problems={problems}>{(problem) => <Text size="sm">{reasonOf(problem)}</Text>}</ProblemList>
      <Group gap="xs" mt="sm">
        {again.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => uploadQueue.resolve(again)}>
            {t('knowledge.tryAgain')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => uploadQueue.dismiss(problems)}>
          {t('knowledge.dismiss')}
        </Button>
      </Group>
    </Alert>
  );
}

interface ProblemListProps {
  problems: readonly DocumentProblem[];
  children: (problem: DocumentProblem) => React.ReactNode;
}

function ProblemList({ problems, children }: ProblemListProps) {
  const { t } = useTranslation();
  return (
    <ul className={classes.problems}>
      {problems.slice(0, maxListed).map((problem) => (
        <li key={`${problem.document.directory}/${problem.document.path}`} className={classes.problem}>
          <Text size="sm" className={classes.name}>
            <bdi>{problem.document.path}</bdi>
          </Text>
          {children(problem)}
        </li>
      ))}
      {problems.length > maxListed && (
        <li>
          <Text size="sm">{t('knowledge.more', { count: problems.length - maxListed })}</Text>
        </li>
      )}
    </ul>
  );
}
