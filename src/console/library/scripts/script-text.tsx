import type { Script } from '../../../protocol/script.ts';
import { intentName } from '../../desk/catalogue.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { cutSlots } from '../editor/slot-text.ts';
import { useLibrary } from '../library-context.tsx';
import { wordName } from '../names.ts';

/** A text whose slots stand out; what a slot means is told when one points at it. */
export function SlotText({ text }: { text: string }) {
  const { offers } = useLibrary();
  const about = (slot: string) => {
    const offer = offers.slots.find(({ name }) => name === slot);
    return offer ? `${offer.about}: ${offer.example}` : undefined;
  };
  return cutSlots(text).map(({ from, text: piece, slot }) =>
    slot === undefined ? (
      <span key={from}>{piece}</span>
    ) : (
      <span key={from} className="slot" title={about(slot)}>
        {piece}
      </span>
    ),
  );
}

const FIELDS = ['intents', 'modes', 'guards', 'buyerTypes', 'stages', 'technique', 'length', 'setsOff'] as const;

/** The wordings of a script and the conditions under which they are said. */
export function ScriptText({ script }: { script: Script }) {
  const { t } = useLanguage();
  return (
    <>
      <ol className="wordings">
        {script.variants.map((variant) => (
          <li key={`${variant.language} ${variant.text}`} lang={variant.language}>
            <p className="wording">
              <SlotText text={variant.text} />
            </p>
            <p className="wording-facets">
              {variant.language !== 'zh-Hans' && <Words field="language" words={[variant.language]} />}
              {variant.buyerTypes && <Words field="buyerTypes" words={variant.buyerTypes} />}
              {variant.segments && <Words field="segments" words={variant.segments} />}
              {variant.guards && <Words field="guards" words={variant.guards} />}
            </p>
          </li>
        ))}
      </ol>
      <dl className="facets">
        {FIELDS.map((field) => {
          const words = [script[field] ?? []].flat();
          if (words.length === 0) return null;
          return (
            <div key={field}>
              <dt>{t(`field.${field}`)}</dt>
              <dd>
                <Words field={field} words={words} />
              </dd>
            </div>
          );
        })}
        <div>
          <dt>{t('field.sources')}</dt>
          <dd className="faint">{script.sources.join('、')}</dd>
        </div>
      </dl>
    </>
  );
}

/** Words of a field by their names, as badges. */
export function Words({ field, words, look = 'badge' }: { field: string; words: readonly string[]; look?: string }) {
  const { t, language } = useLanguage();
  const { names, offers } = useLibrary();
  return words.map((word) => {
    const name = wordName(field, word, t, (id) => intentName(names, id, language));
    const about = field === 'guards' ? offers.guards.find((guard) => guard.name === word)?.about : undefined;
    return (
      <span key={word} className={look} title={about ?? (name === word ? undefined : word)}>
        {name}
      </span>
    );
  });
}
