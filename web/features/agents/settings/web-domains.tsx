import { TagsInput, Text } from '@mantine/core';
import { useTranslation } from '../../../texts/language.ts';
import { Section } from '../../../ui/section.tsx';
import classes from '../agents.module.css';
import { type Domains, isDomain, isHost, readDomain, readHost } from './domains.ts';

interface WebDomainsProps {
  value: Domains;
  onChange: (domains: Domains) => void;
  /** Whether the agent has a tool that these limit. */
  counts: boolean;
}

/** Where on the web the agent may go. */
export function WebDomains({ value, onChange, counts }: WebDomainsProps) {
  const { t } = useTranslation();
  const fieldOf = (list: keyof Domains) => {
    const isHosts = list === 'hosts';
    const bad = value[list].find((entry) => !(isHosts ? isHost(entry) : isDomain(entry)));
    return {
      value: [...value[list]],
      onChange: (typed: string[]) =>
        onChange({
          ...value,
          [list]: [
            ...new Set(
              typed
                .flatMap((text) => text.split(/[\s,;]+/))
                .map(isHosts ? readHost : readDomain)
                .filter((domain) => domain !== ''),
            ),
          ],
        }),
      error:
        bad === undefined ? undefined : t(isHosts ? 'integrations.webBadHost' : 'integrations.webBad', { domain: bad }),
      placeholder: value[list].length > 0 ? '' : isHosts ? 'wiki.example.internal' : t('integrations.webPlaceholder'),
      splitChars: [',', ';', ' '],
      acceptValueOnBlur: true,
      maxTags: 200,
    };
  };
  return (
    <Section title={t('integrations.webTitle')} description={t('integrations.webHint')}>
      {!counts && (
        <Text size="sm" mb="sm">
          {t('integrations.webUnused')}
        </Text>
      )}
      <div className={classes.domains}>
        <TagsInput
          label={t('integrations.webAllowed')}
          description={t('integrations.webAllowedHint')}
          {...fieldOf('allowed')}
        />
        <TagsInput
          label={t('integrations.webDenied')}
          description={t('integrations.webDeniedHint')}
          {...fieldOf('denied')}
        />
        <TagsInput
          label={t('integrations.webHosts')}
          description={t('integrations.webHostsHint')}
          {...fieldOf('hosts')}
        />
      </div>
    </Section>
  );
}
