import { ActionIcon, Button, Checkbox, Group, Popover, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Eye, ThumbsDown, ThumbsUp } from 'lucide-react';
import { type FormEvent, useContext, useState } from 'react';
import { maxCommentLength } from '../../../../contract/limits.ts';
import type { Rating } from '../../../../contract/socket.ts';
import { call } from '../../../api/client.ts';
import { useTranslation } from '../../../texts/language.ts';
import { notifyError } from '../../../ui/notify.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import classes from './ratings.module.css';
import { RatingsContext } from './ratings-context.ts';

interface RatingButtonsProps {
  agentId: string;
  messageId: string;
  rating: Rating | undefined;
}

/** A thumb counts at once; a word about it, and who may read it, can be said then. */
export default function RatingButtons({ agentId, messageId, rating }: RatingButtonsProps) {
  const { t } = useTranslation();
  const show = useContext(RatingsContext);
  const [opened, setOpened] = useState(false);
  // Stays when the form is closed by Escape or a click beside it.
  const [draft, setDraft] = useState<RatingDraft | null>(null);
  const params = { agentId, messageId };
  const rate = useMutation({
    mutationFn: (body: { rating: 'up' | 'down'; comment?: string; shared: boolean }) =>
      call('rateMessage', { params, body }),
    onSuccess: (stored) => {
      setDraft(null);
      show?.(messageId, stored);
    },
    onError: notifyError,
  });
  const takeBack = useMutation({
    mutationFn: () => call('unrateMessage', { params }),
    onSuccess: () => {
      setOpened(false);
      setDraft(null);
      show?.(messageId, undefined);
    },
    onError: notifyError,
  });
  if (!show) return null;
  const press = (wanted: 'up' | 'down') => {
    setOpened(true);
    if (rating?.rating === wanted) return;
    const { comment, shared = false } = rating ?? {};
    rate.mutate({ rating: wanted, shared, ...(comment && { comment }) });
  };
  return (
    <Popover
      opened={opened && rating !== undefined}
      onChange={setOpened}
      position="top-start"
      width={320}
      withArrow
      trapFocus
      withRoles={false}
    >
      <Popover.Target>
        <span className={classes.thumbs}>
          {(['up', 'down'] as const).map((each) => {
            const isGiven = rating?.rating === each;
            const Thumb = each === 'up' ? ThumbsUp : ThumbsDown;
            return (
              <Tooltip key={each} label={t(`everyday.ratings.${each}`)}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  className={classes.thumb}
                  aria-label={t(`everyday.ratings.${each}`)}
                  aria-pressed={isGiven}
                  onClick={() => press(each)}
                >
                  <Thumb size={14} {...(isGiven && { fill: 'currentColor' })} />
                </ActionIcon>
              </Tooltip>
            );
          })}
          {rating?.shared && <Eye size={14} role="img" aria-label={t('everyday.ratings.shared')} />}
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t('everyday.ratings.dialog')}>
        {rating && (
          <RatingForm
            rating={rating}
            draft={draft ?? { comment: rating.comment ?? '', shared: rating.shared }}
            onDraft={setDraft}
            saving={rate.isPending}
            onSave={(more) => rate.mutate({ rating: rating.rating, ...more }, { onSuccess: () => setOpened(false) })}
            onTakeBack={() => takeBack.mutate()}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface RatingDraft {
  comment: string;
  shared: boolean;
}

interface RatingFormProps {
  rating: Rating;
  draft: RatingDraft;
  onDraft: (draft: RatingDraft) => void;
  saving: boolean;
  onSave: (draft: RatingDraft) => void;
  onTakeBack: () => void;
}

function RatingForm({ rating, draft, onDraft, saving, onSave, onTakeBack }: RatingFormProps) {
  const { t } = useTranslation();
  const { comment, shared } = draft;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({ comment: comment.trim(), shared });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          maxRows={6}
          maxLength={maxCommentLength}
          label={t(rating.rating === 'up' ? 'everyday.ratings.comment' : 'everyday.ratings.commentDown')}
          value={comment}
          onChange={(event) => onDraft({ ...draft, comment: event.currentTarget.value })}
        />
        <Checkbox
          label={t('everyday.ratings.share')}
          description={t('everyday.ratings.shareHint')}
          checked={shared}
          onChange={(event) => onDraft({ ...draft, shared: event.currentTarget.checked })}
        />
        <Group justify="space-between">
          <Button variant="subtle" color="gray" size="xs" onClick={onTakeBack}>
            {t('everyday.ratings.remove')}
          </Button>
          <Button type="submit" size="xs" loading={saving}>
            {t('everyday.ratings.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
