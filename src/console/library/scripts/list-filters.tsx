import type { Ref } from 'react';
import { Input, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useLanguage } from '../../i18n/language.tsx';
import { STATE_FILTERS, type StateFilter } from '../address.ts';
import { groupName } from '../names.ts';
import type { ListState } from './list-state.ts';

/** What narrows the list: words, state, group. */
export function ListFilters({
  head,
  text,
  state,
  group,
  searchField,
  onText,
  onState,
  onGroup,
  onLeave,
}: {
  head: ListState['head'];
  text: string;
  state: StateFilter;
  group: string | undefined;
  searchField: Ref<HTMLInputElement>;
  onText(text: string): void;
  onState(state: StateFilter): void;
  onGroup(group: string | undefined): void;
  /** The reader goes on to the rows. */
  onLeave(): void;
}) {
  const { t } = useLanguage();
  return (
    <div className="filters">
      <SearchField className="search" aria-label={t('library.search')} value={text} onChange={onText}>
        <Input
          ref={searchField}
          className="input"
          placeholder={t('library.searchHint')}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return;
            event.preventDefault();
            onLeave();
          }}
        />
      </SearchField>
      <ToggleButtonGroup
        className="chips-row"
        aria-label={t('library.state')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[state]}
        onSelectionChange={(chosen) => onState(STATE_FILTERS.find((name) => chosen.has(name)) ?? 'all')}
      >
        {STATE_FILTERS.map((name) => (
          <ToggleButton key={name} id={name} className={`filter filter-${name}`}>
            {t(`library.state.${name}`)} <span className="figures">{head?.counts[name] || ''}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <select
        className="input group-choice"
        aria-label={t('library.group')}
        value={group ?? ''}
        onChange={({ target }) => onGroup(target.value === '' ? undefined : target.value)}
      >
        <option value="">{t('library.everyGroup')}</option>
        {head?.groups.map((name) => (
          <option key={name} value={name}>
            {groupName(name, t)}
          </option>
        ))}
      </select>
    </div>
  );
}
