import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import type { Catalogue } from '../desk/catalogue.ts';
import { formatDuration, formatMoment } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';
import { type MessageKey, zh } from '../i18n/zh.ts';
import { useNow } from '../parts/use-now.ts';
import { nameMeaning } from './name-meaning.ts';
import type { Lesson } from './teaching-api.ts';

const verdictLooks: Readonly<Record<Lesson['verdict'], string>> = {
  better: 'badge badge-jade',
  same: 'badge',
  worse: 'badge badge-red',
};
const changeLooks: Readonly<Record<Lesson['changed'][number]['change'], string>> = {
  mended: 'badge badge-jade',
  broken: 'badge badge-red',
  neither: 'badge',
};

/** Lessons with their verdict and figures, the newest first. */
export function TeachingLessons({
  lessons,
  live,
  names,
}: {
  lessons: readonly Lesson[];
  /** Hash of the taught model in use. */
  live: string | null;
  names: Catalogue;
}) {
  const { t } = useLanguage();
  return (
    <>
      <h3>
        {t('teaching.lessons')} <span className="count count-calm">{lessons.length}</span>
      </h3>
      {lessons.length === 0 && <p className="empty">{t('teaching.noLessons')}</p>}
      <ol className="lessons" aria-label={t('teaching.lessons')}>
        {lessons.map((lesson) => (
          <LessonItem key={lesson.id} lesson={lesson} isLive={lesson.hash === live} names={names} />
        ))}
      </ol>
    </>
  );
}

function LessonItem({ lesson, isLive, names }: { lesson: Lesson; isLive: boolean; names: Catalogue }) {
  const { t, language } = useLanguage();
  const now = useNow();
  return (
    <li>
      <div className="lesson-head">
        <span className="figures">{formatMoment(lesson.at, now, language)}</span>
        <span className={verdictLooks[lesson.verdict]}>{t(`teaching.verdict.${lesson.verdict}`)}</span>
        <span className={isLive ? 'badge badge-jade' : 'badge'}>
          {t(lesson.wentLive ? 'teaching.wentLive' : 'teaching.stayedOff')}
        </span>
        <span className="faint">
          {t('teaching.learned', { count: lesson.corrections, time: formatDuration(lesson.trainMs, language) })}
        </span>
        <span className="code faint">{lesson.hash.slice(0, 8)}</span>
      </div>
      <Figures figures={lesson.figures} />
      {lesson.changed.length > 0 && <ChangedAnswers changed={lesson.changed} names={names} />}
    </li>
  );
}

/** Lines read rightly, set by set: a loss anywhere keeps a lesson off the desk. */
function Figures({ figures }: { figures: Lesson['figures'] }) {
  const { t } = useLanguage();
  if (figures.length === 0) return null;
  return (
    <ul className="lesson-figures figures">
      {figures.map(({ name, lines, live, candidate }) => (
        <li key={name}>
          <span className="faint">{setName(name, t)}</span> {live}
          <span aria-hidden="true"> → </span>
          <span className="visually-hidden">{t('teaching.then')}</span>
          <b className={candidate < live ? 'lesson-lost' : candidate > live ? 'lesson-gained' : undefined}>
            {candidate}
          </b>{' '}
          <span className="faint">/ {lines}</span>
        </li>
      ))}
    </ul>
  );
}

function ChangedAnswers({ changed, names }: { changed: Lesson['changed']; names: Catalogue }) {
  const { t, language } = useLanguage();
  const name = (intents: readonly string[]) => nameMeaning(names, intents, language, t);
  return (
    <Disclosure className="lesson-changed">
      <Heading level={4}>
        <Button slot="trigger" className="button button-link">
          {t('teaching.changed', { count: changed.length })}
        </Button>
      </Heading>
      <DisclosurePanel>
        <table className="board-table">
          <thead>
            <tr>
              <th scope="col">{t('teaching.change')}</th>
              <th scope="col">{t('teaching.text')}</th>
              <th scope="col">{t('teaching.expected')}</th>
              <th scope="col">{t('teaching.live')}</th>
              <th scope="col">{t('teaching.candidate')}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((it) => (
              <tr key={`${it.set}-${it.id}`}>
                <td>
                  <span className={changeLooks[it.change]}>{t(`teaching.change.${it.change}`)}</span>
                </td>
                <th scope="row">{it.text}</th>
                <td>{name(it.expected)}</td>
                <td className="faint">{name([it.live])}</td>
                <td>{name([it.candidate])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </DisclosurePanel>
    </Disclosure>
  );
}

function setName(name: string, t: (key: MessageKey) => string): string {
  const key = `teaching.set.${name}`;
  return key in zh ? t(key as MessageKey) : name;
}
