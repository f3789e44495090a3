import { useMemo } from 'react';
import { ListBox, ListBoxItem, ListLayout, Tab, TabList, TabPanel, Tabs, Virtualizer } from 'react-aria-components';
import type { ConversationSummary } from '../../../protocol/records.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { OtherCountdowns } from '../automatic/other-countdowns.tsx';
import { useDesk, useDeskState } from '../desk-context.tsx';
import { LIST_NAMES, type ListName } from '../store/desk-state.ts';
import { openConversations, waitingConversations } from '../store/select.ts';
import { ConversationRow } from './conversation-row.tsx';
import { OwedList } from './owed-list.tsx';
import { TaskList } from './task-list.tsx';

const ROW_HEIGHT = 82;
/** Only waiting buyers ask for attention at once. */
const countLooks: Readonly<Record<ListName, string>> = {
  waiting: 'count',
  all: 'count count-calm',
  owed: 'count count-soft',
  tasks: 'count count-soft',
};

/** The left pane: who waits, all that is open, what is owed, what is to be done. */
export function ConversationPane() {
  const { t } = useLanguage();
  const desk = useDesk();
  const list = useDeskState((state) => state.list);
  const conversations = useDeskState((state) => state.conversations);
  const owed = useDeskState((state) => state.owed);
  const tasks = useDeskState((state) => state.tasks.length + state.moreTasks);
  const waiting = useMemo(() => waitingConversations(conversations), [conversations]);
  const all = useMemo(() => openConversations(conversations), [conversations]);
  const counts: Record<ListName, number> = {
    waiting: waiting.length,
    all: all.length,
    owed: owed.length,
    tasks,
  };
  return (
    <nav className="list-pane" aria-label={t('list.title')}>
      <OtherCountdowns />
      <Tabs className="list-tabs" selectedKey={list} onSelectionChange={(key) => desk.chooseList(key as ListName)}>
        <TabList className="list-tab-list" aria-label={t('list.title')}>
          {LIST_NAMES.map((name) => (
            <Tab key={name} id={name} className="list-tab">
              {t(`list.${name}`)}
              <span className={counts[name] > 0 ? countLooks[name] : 'count count-calm'}>{counts[name]}</span>
            </Tab>
          ))}
        </TabList>
        <TabPanel id="waiting" className="list-panel">
          <Conversations conversations={waiting} empty={t('list.nobodyWaits')} />
        </TabPanel>
        <TabPanel id="all" className="list-panel">
          <Conversations conversations={all} empty={t('list.nothingOpen')} />
        </TabPanel>
        <TabPanel id="owed" className="list-panel">
          <OwedList />
        </TabPanel>
        <TabPanel id="tasks" className="list-panel">
          <TaskList />
        </TabPanel>
      </Tabs>
    </nav>
  );
}

function Conversations({ conversations, empty }: { conversations: ConversationSummary[]; empty: string }) {
  const { t, language } = useLanguage();
  const desk = useDesk();
  const activeId = useDeskState((state) => state.activeId);
  const listed = useDeskState((state) => state.listed);
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: ROW_HEIGHT }}>
      <ListBox
        className="rows"
        aria-label={t('list.conversations')}
        items={conversations}
        dependencies={[language]}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={activeId === undefined ? [] : [activeId]}
        onSelectionChange={(chosen) => {
          const [id] = chosen === 'all' ? [] : [...chosen];
          if (id !== undefined) desk.open(String(id));
        }}
        renderEmptyState={() => <p className="empty">{listed ? empty : t('loading')}</p>}
      >
        {(conversation) => (
          <ListBoxItem id={conversation.id} textValue={conversation.buyerName} className="row-item">
            <ConversationRow conversation={conversation} />
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  );
}
