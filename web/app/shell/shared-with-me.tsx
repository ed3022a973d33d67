import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SharedWithMe as Share } from '../../../contract/sharing.ts';
import { sharedWithMeQuery } from '../../features/sharing/sharing-queries.ts';
import { perLocale, useTranslation } from '../../texts/language.ts';
import { useFormats } from '../../ui/formats.ts';
import classes from './sidebar.module.css';

const shortDate = perLocale((locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }));

/** Conversations that others share with the person, below the agents; nothing where there are none. */
export default function SharedWithMe() {
  const { t } = useTranslation();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(sharedWithMeQuery);
  const shares = data?.pages.flatMap((page) => page.shares) ?? [];
  if (shares.length === 0) return null;
  const left = (data?.pages.at(-1)?.total ?? 0) - shares.length;
  return (
    <section aria-labelledby="shared-with-me">
      <h2 className={classes.sharedTitle} id="shared-with-me">
        {t('everyday.sharedWithMe.title')}
      </h2>
      <ul className={classes.list}>
        {shares.map((share) => (
          <SharedRow key={share.id} share={share} />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          ml={4}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('everyday.sharedWithMe.more', { count: left })}
        </Button>
      )}
    </section>
  );
}

function SharedRow({ share: { id, title, owner, agent, sharedAt } }: { share: Share }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  return (
    <li>
      <Link to="/shared/$shareId" params={{ shareId: id }} className={classes.agent}>
        <span className={classes.agentText}>
          <span className={classes.agentName}>{title ?? t('everyday.sharedWithMe.untitled')}</span>
          <span className={classes.agentTagline} title={dateTime(sharedAt)}>
            {t('everyday.sharedWithMe.by', { owner, agent: agent.name, date: shortDate().format(new Date(sharedAt)) })}
          </span>
        </span>
      </Link>
    </li>
  );
}
