import { useTranslation } from '../../texts/language.ts';
import { TextLink } from '../../ui/button-link.tsx';
import classes from './knowledge.module.css';
import { dataRoot } from './knowledge-search.ts';

/** The way to a directory, each part of it a link. */
export function DirectoryCrumbs({ directory }: { directory: string }) {
  const { t } = useTranslation();
  const names = directory.slice(dataRoot.length + 1).split('/');
  return (
    <nav aria-label={t('knowledge.path')}>
      <ol className={classes.crumbs}>
        <li>
          <TextLink to="/knowledge">{t('knowledge.all')}</TextLink>
        </li>
        {names.map((name, index) => {
          const path = [dataRoot, ...names.slice(0, index + 1)].join('/');
          const isLast = index === names.length - 1;
          return (
            <li key={path}>
              <span aria-hidden>/</span>
              {isLast ? (
                <span aria-current="page">{name}</span>
              ) : (
                <TextLink to="/knowledge" search={{ directory: path }}>
                  {name}
                </TextLink>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
