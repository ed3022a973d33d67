import { Modal } from '@mantine/core';
import { useTranslation } from '../../texts/language.ts';
import classes from './shortcut-sheet.module.css';
import { shortcuts } from './shortcuts.ts';

/** What can be done by keyboard. */
export default function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('shortcuts.title')} size={460}>
      {shortcuts.map(({ title, entries }) => (
        <section key={title} className={classes.group}>
          <h3>{t(title)}</h3>
          <dl>
            {entries.map(({ keys, does }) => (
              <div key={does}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{t(does)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
