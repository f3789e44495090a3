import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBarriers, type People, signIn } from './stage.ts';

const QUESTION = '请问发什么快递呀';
const FOUND = '亲，现在下单，仓库会尽快为您安排发出哦';

/** What became of suggestions, seen and steered by the supervisor. */
export function testLearning(people: People): void {
  let chief: Page;
  let scriptId: string;

  beforeAll(async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-06');
    await buyer.say(QUESTION);
    await agent.open('买家06');
    await agent.chips.first().waitFor();
    await agent.draft.fill('');
    await agent.page.keyboard.press('Alt+1');
    const text = await agent.draft.inputValue();
    await agent.draft.press('Control+Enter');
    await buyer.message(text).waitFor();
    const counted = await stage.desk.app.ledger.learning.counts('demo', 0);
    scriptId = counted.toSorted((a, b) => b.asOf - a.asOf).find(({ counts }) => counts.accepted > 0)!.scriptId;
    chief = await stage.openPage('/settings#/learning');
    await signIn(chief, stage.desk.person('supervisor'));
    await chief.getByRole('heading', { name: '学习', exact: true }).waitFor();
  });
  afterAll(() => chief.context().close());

  const scripts = () => chief.getByRole('region', { name: /^各条话术的结果/ });
  const row = () =>
    scripts()
      .getByRole('row')
      .filter({ has: chief.getByText(scriptId, { exact: true }) });
  const arms = () => chief.getByRole('region', { name: '对照比较' });

  it('the script that was taken stands in the table, with its details by key', async () => {
    await row().waitFor();
    const details = row().getByRole('button', { name: /^明细/ });
    await details.focus();
    await details.press('Enter');
    expect(await details.getAttribute('aria-expanded')).toBe('true');
    await scripts().getByRole('columnheader', { name: '情形' }).waitFor();
    await scripts().getByLabel('排列').selectOption('effect');
    await row().waitFor();
    expect(await findBarriers(chief)).toEqual([]);
    await details.press('Enter');
    await scripts().getByRole('columnheader', { name: '情形' }).waitFor({ state: 'detached' });
  });

  it('both arms are shown, and nothing is told of too little', async () => {
    await arms()
      .getByRole('columnheader', { name: /^对照组/ })
      .waitFor();
    await arms().getByText('数据还不够').first().waitFor();
  });

  it('the held out share is changed, and a wrong one is refused with what is legal', async () => {
    const share = chief.getByLabel('对照组占会话的比例（%）');
    await share.fill('60');
    await share.press('Enter');
    await chief.getByText('请填 0 到 50 之间的数。').first().waitFor();
    expect(await share.getAttribute('aria-invalid')).toBe('true');
    expect(await findBarriers(chief)).toEqual([]);
    await share.fill('20');
    await share.press('Enter');
    await chief.getByText('已保存，几秒内生效。').waitFor();
    await chief.reload();
    await expect.poll(() => chief.getByLabel('对照组占会话的比例（%）').inputValue()).toBe('20');
  });

  it('a wording that agents keep writing leads to its draft', async () => {
    const { ledger, desk } = people().stage.desk.app;
    const at = desk.clock.now();
    const found = { id: 'fnd_page', scriptId, text: FOUND, edits: 3, conversations: 2, at, draft: 2 };
    await ledger.learning.addFound('demo', found);
    desk.bus.publish({ type: 'lists.changed', shopId: 'demo', lists: ['learning'] });
    const item = chief.getByRole('listitem').filter({ hasText: FOUND });
    await item.getByText('3 次改动，2 段会话').waitFor();
    expect(await item.getByRole('link', { name: '查看草稿' }).getAttribute('href')).toBe(
      `/library#/scripts/${scriptId}`,
    );
  });

  it('counting begins anew for one script, and for all, after a second question', async () => {
    const before = await scripts()
      .getByRole('button', { name: /^重新计数：/ })
      .count();
    await row()
      .getByRole('button', { name: /^重新计数/ })
      .press('Enter');
    const dialog = chief.getByRole('alertdialog');
    await dialog.getByText('的排序从零学起').waitFor();
    expect(await findBarriers(chief)).toEqual([]);
    await chief.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(
      await scripts()
        .getByRole('button', { name: /^重新计数：/ })
        .count(),
    ).toBe(before);

    await row()
      .getByRole('button', { name: /^重新计数/ })
      .press('Enter');
    await dialog.getByRole('button', { name: '重新计数' }).click();
    await chief.getByText('已重新计数。').waitFor();
    await row().waitFor({ state: 'detached' });

    await scripts().getByRole('button', { name: '全部重新计数' }).click();
    await dialog.getByRole('button', { name: '重新计数' }).click();
    await scripts().getByText('还没有结果').waitFor();
  });
}
