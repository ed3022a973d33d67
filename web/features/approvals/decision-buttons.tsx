import { Button } from '@mantine/core';
import { useTranslation } from '../../texts/language.ts';
import type { Choice } from '../chat/conversation-types.ts';

interface DecisionButtonsProps {
  /** What is not shown whole can only be denied. */
  mayApprove?: boolean;
  destroys: boolean | undefined;
  disabled: boolean;
  /** What was chosen and is under way. */
  chosen: Choice['decision'] | undefined;
  onChoose: (choice: Choice) => void;
}

/** Approve a call that waits, or deny it. */
export function DecisionButtons({ mayApprove = true, destroys, disabled, chosen, onChoose }: DecisionButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      {mayApprove && (
        <Button
          size="xs"
          {...(destroys && { color: 'red' })}
          disabled={disabled}
          loading={chosen === 'approve'}
          onClick={() => onChoose({ decision: 'approve' })}
        >
          {t('chat.approve')}
        </Button>
      )}
      <Button
        size="xs"
        variant="default"
        disabled={disabled}
        loading={chosen === 'deny'}
        onClick={() => onChoose({ decision: 'deny' })}
      >
        {t('chat.deny')}
      </Button>
    </>
  );
}
