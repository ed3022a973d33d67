import { Button, Group, List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, CircleX, Clipboard, Download, RefreshCw } from 'lucide-react';
import type { Diagnosis, Finding } from '../../../contract/doctor.ts';
import { examinedParts } from '../../../contract/examined-parts.ts';
import { call } from '../../api/client.ts';
import { useSentences } from '../../sentences/sentences.ts';
import { useTranslation } from '../../texts/language.ts';
import type { Translate } from '../../texts/translate.ts';
import { useFormats } from '../../ui/formats.ts';
import { notifyDone } from '../../ui/notify.ts';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { useCopy } from '../../ui/use-copy.ts';
import { useIsAdmin } from '../session/session-queries.ts';
import classes from './report.module.css';

/** For when something does not work: admins get a report to pass on, everybody else whom to ask. */
export function ReportPage() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  return (
    <Page title={t('report.title')} description={t(isAdmin ? 'report.description' : 'report.descriptionMember')}>
      {isAdmin ? <Report /> : <Contacts />}
    </Page>
  );
}

function Report() {
  const { t } = useTranslation();
  // Asked for anew each time: what was well an hour ago says nothing.
  const query = useQuery({
    queryKey: ['doctor'],
    queryFn: ({ signal }) => call('examineInstallation', { signal }),
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });
  return (
    <Section
      title={t('report.installation')}
      description={t('report.installationHint')}
      actions={
        <Button
          size="sm"
          variant="default"
          leftSection={<RefreshCw size={15} aria-hidden />}
          loading={query.isFetching}
          onClick={() => void query.refetch()}
        >
          {t('report.again')}
        </Button>
      }
    >
      <QueryState query={query} lines={8}>
        {(diagnosis) => <Findings diagnosis={diagnosis} />}
      </QueryState>
    </Section>
  );
}

function Findings({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { findings, page, examinedAt, version } = diagnosis;
  const wrong = findings.filter(({ health }) => health === 'wrong').length;
  const { copy } = useCopy();
  const copyReport = async () => {
    if (await copy(page)) notifyDone(t('report.copied'));
  };
  return (
    <>
      <Text fw={600} role="status">
        {wrong === 0 ? t('report.well') : t('report.wrong', { count: wrong })}
      </Text>
      <Text size="sm" c="dimmed">
        {t('report.examined', { version, date: formats.dateTime(examinedAt) })}
      </Text>
      <Group my="md" gap="sm">
        <Button leftSection={<Clipboard size={16} aria-hidden />} onClick={() => void copyReport()}>
          {t('report.copy')}
        </Button>
        <Button
          component="a"
          variant="default"
          leftSection={<Download size={16} aria-hidden />}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(page)}`}
          download={`pinchy-${examinedAt.slice(0, 10)}.txt`}
        >
          {t('report.download')}
        </Button>
      </Group>
      <ul className={classes.findings} aria-label={t('report.installation')}>
        {findings.map((finding, index) => (
          <FindingRow key={index} finding={finding} />
        ))}
      </ul>
    </>
  );
}

/** What was examined, in the person's language; as it came from a newer server. */
function partName(t: Translate, about: string): string {
  const [, name] = /^Provider (.+)$/.exec(about) ?? [];
  if (name !== undefined) return t('report.provider', { name });
  const part = examinedParts.find((known) => known === about);
  return part ? t(`report.parts.${part}`) : about;
}

const icons = { well: CircleCheck, notice: CircleAlert, wrong: CircleX };

function FindingRow({ finding: { about, health, says, next } }: { finding: Finding }) {
  const { t } = useTranslation();
  const say = useSentences();
  const Icon = icons[health];
  return (
    <li className={classes.finding} data-health={health}>
      <Icon size={18} strokeWidth={1.9} role="img" aria-label={t(`report.health.${health}`)} className={classes.icon} />
      <div className={classes.text}>
        <Text size="sm">
          <Text span fw={600} inherit>
            {partName(t, about)}
          </Text>
          {' · '}
          {say(says)}
        </Text>
        {next && (
          <Text size="sm" c="dimmed">
            → {say(next)}
          </Text>
        )}
      </div>
    </li>
  );
}

function Contacts() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['contacts'], queryFn: ({ signal }) => call('listContacts', { signal }) });
  return (
    <Section title={t('report.ask')} description={t('report.askHint')}>
      <QueryState query={query} lines={2}>
        {({ admins }) => (
          <List aria-label={t('report.ask')}>
            {admins.map(({ name }, index) => (
              <List.Item key={index}>{name}</List.Item>
            ))}
          </List>
        )}
      </QueryState>
    </Section>
  );
}
