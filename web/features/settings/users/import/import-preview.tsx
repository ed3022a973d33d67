import { Alert, Badge, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../../../texts/language.ts';
import { Pages, usePages } from '../../../../ui/pages.tsx';
import settings from '../../settings.module.css';
import type { InviteRequest } from '../links-csv.ts';
import classes from '../users.module.css';
import type { InviteRow } from './read-invite-list.ts';

interface ImportPreviewProps {
  rows: readonly InviteRow[];
  /** Seats that are free; undefined without a limit. */
  seats: number | undefined;
  onBack: () => void;
  /** With those that have to be corrected first. */
  onInvite: (requests: readonly InviteRequest[], leftOut: readonly InviteRow[]) => void;
}

/** More would keep an admin waiting for minutes, and nobody passes on so many links by hand. */
const maxRows = 1_000;

/** Everybody of the list as they would be invited, with what is wrong in each row. */
export function ImportPreview({ rows, seats, onBack, onInvite }: ImportPreviewProps) {
  const { t } = useTranslation();
  const [onlyProblems, setOnlyProblems] = useState(false);
  const wrong = rows.filter(({ problems }) => problems.length > 0);
  const right = rows.filter(({ problems }) => problems.length === 0);
  const pages = usePages(onlyProblems && wrong.length > 0 ? wrong : rows);
  const isTooLong = right.length > maxRows;
  return (
    <Stack>
      <div role="status">
        <Text size="sm">
          {t('people.import.found', { count: rows.length })}{' '}
          {wrong.length > 0 && t('people.import.wrong', { count: wrong.length })}
        </Text>
      </div>
      {seats !== undefined && right.length > seats && (
        <Alert color="yellow" variant="light">
          {t('people.import.seats', { count: Math.max(0, seats) })}
        </Alert>
      )}
      {isTooLong && (
        <Alert color="yellow" variant="light">
          {t('people.import.tooMany', { maximum: maxRows })}
        </Alert>
      )}
      {wrong.length > 0 && wrong.length < rows.length && (
        <Checkbox
          label={t('people.import.onlyProblems')}
          checked={onlyProblems}
          onChange={(event) => setOnlyProblems(event.currentTarget.checked)}
        />
      )}
      <div>
        <ol className={settings.list} aria-label={t('people.import.preview')}>
          {pages.shown.map((row, index) => (
            <PreviewRow key={`${row.line} ${pages.first + index}`} row={row} />
          ))}
        </ol>
        <Pages {...pages} />
      </div>
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {t('people.import.back')}
        </Button>
        <Button disabled={right.length === 0 || isTooLong} onClick={() => onInvite(right, wrong)} data-autofocus>
          {t('people.import.invite', { count: right.length })}
        </Button>
      </Group>
    </Stack>
  );
}

function PreviewRow({ row }: { row: InviteRow }) {
  const { t } = useTranslation();
  return (
    <li className={classes.previewRow}>
      <Text size="sm" c="dimmed">
        {row.line}
      </Text>
      <Text size="sm" fw={550}>
        {row.email || '–'}
      </Text>
      <Text size="sm">{row.name || '–'}</Text>
      <Group gap={6}>
        <Badge variant={row.role === 'admin' ? 'light' : 'default'}>
          {t(row.role === 'admin' ? 'common.admin' : 'common.member')}
        </Badge>
        {row.groups.map(({ id, name }) => (
          <Badge key={id} variant="default" tt="none" fw={500} maw="100%">
            {name}
          </Badge>
        ))}
      </Group>
      {(row.problems.length > 0 || row.isInvited) && (
        <ul className={classes.problems}>
          {row.problems.map(({ code, value }) => (
            <li key={`${code} ${value}`}>
              <Group gap={6} wrap="nowrap" align="flex-start">
                <CircleAlert size={16} aria-hidden color="var(--mantine-color-error)" style={{ flex: 'none' }} />
                <Text size="sm" c="var(--mantine-color-error)">
                  {t(`people.problems.${code}`, { value })}
                </Text>
              </Group>
            </li>
          ))}
          {row.isInvited && (
            <li>
              <Text size="sm" c="dimmed">
                {t('people.import.isInvited')}
              </Text>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}
