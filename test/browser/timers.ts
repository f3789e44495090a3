import { expect, it } from 'vitest';
import { findBarriers, type People, signIn } from './stage.ts';

const SHOP = 'demo';

/** Timers in the settings, their ledger, and the tasks they make. */
export function testTimers(people: People): void {
  it('are found, re-timed within their bounds, and put back, by keyboard', async () => {
    const { stage } = people();
    const page = await stage.openPage('/settings#/timers');
    await signIn(page, stage.desk.person('supervisor'));
    await page.getByRole('heading', { name: '跟进规则' }).waitFor();
    await expect.poll(() => page.getByRole('article').count()).toBe(49);

    await page.getByLabel('查找规则').fill('自动关闭');
    const timer = page.getByRole('article', { name: '订单即将自动关闭' });
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
    await timer.getByRole('button', { name: /^修改/ }).press('Enter');
    expect(await timer.textContent()).toContain('S0 9.3');
    const figure = timer.getByLabel('第 1 次', { exact: true }).last();
    await figure.fill('48');
    await timer.getByText('可填 1 到 24').waitFor();
    expect(await timer.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await figure.fill('8');
    await figure.press('Enter');
    await page.getByText(/^已保存：订单即将自动关闭/).waitFor();
    await timer.getByText('已改').waitFor();
    expect(await timer.textContent()).toContain('截止前 8 小时');
    expect((await stage.desk.app.ledger.people.settings(SHOP)).settings.timers).toEqual({
      'FU-04': { touches: [{ kind: 'before', ms: 8 * 3_600_000 }] },
    });
    expect(await findBarriers(page)).toEqual([]);

    await timer.getByRole('button', { name: /^恢复默认/ }).press('Enter');
    await timer.getByText('已改').waitFor({ state: 'detached' });
    const off = timer.getByRole('switch');
    await off.press('Space');
    await expect.poll(() => off.getAttribute('aria-checked')).toBe('false');
    await off.press('Space');
    await expect.poll(() => off.getAttribute('aria-checked')).toBe('true');
    expect((await stage.desk.app.ledger.people.settings(SHOP)).settings.timers).toBeUndefined();

    await page.getByLabel('查找规则').fill('红包');
    await page.getByLabel('要做什么：收藏红包').fill('八月收藏有礼，规则已在平台公布');
    await page.getByLabel('要做什么：收藏红包').press('Enter');
    await page.getByText('已列入任务：收藏红包').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    const raised = (await stage.desk.app.ledger.desk.tasks(SHOP)).find(({ rule }) => rule === 'FU-27')!;
    expect(raised.title).toBe('收藏红包：八月收藏有礼，规则已在平台公布');
    await stage.desk.app.ledger.desk.finishTask(SHOP, raised.id, stage.desk.app.desk.clock.now());
    await page.context().close();
  });

  it('have a ledger that tells each story in words and is found by timer', async () => {
    const { stage } = people();
    const page = await stage.openPage('/settings#/ledger');
    await signIn(page, stage.desk.person('supervisor'));
    const table = page.getByRole('table', { name: '跟进台账' });
    await table.waitFor();
    await page.getByLabel('规则').selectOption('FU-04');
    await page.getByLabel('规则').press('Tab');
    await page.getByRole('button', { name: '查找', exact: true }).press('Enter');
    await expect
      .poll(async () => new Set(await table.locator('tbody tr td:nth-child(2)').allTextContents()))
      .toEqual(new Set(['订单即将自动关闭']));
    const words = (await table.locator('tbody').textContent()) ?? '';
    expect(words).toMatch(/因为买家下单，计划在/);
    expect(words).not.toMatch(/FU-\d|order\.|[a-z]+_[a-z]+/);
    expect(await findBarriers(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '导出 CSV 表格' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('follow-ups.csv');
    await page.context().close();
  });

  it('make tasks: the overdue first, opened with the words in the composer and done by key', async () => {
    const { stage, agent } = people();
    const { app } = stage.desk;
    const buyer = await stage.openBuyer('demo-08');
    await buyer.say('在吗，问一下');
    await agent.open('买家08');
    const conversationId = decodeURIComponent(new URL(agent.page.url()).hash.slice(1));
    const row = (await app.ledger.conversations.find(SHOP, conversationId))!;
    const nowMs = app.desk.clock.now();
    const add = (id: string, title: string, dueAt: number) =>
      app.ledger.desk.addTask(
        {
          shopId: SHOP,
          id,
          kind: 'test',
          title,
          conversationId,
          buyerId: row.buyerId,
          dueAt,
          data: { cards: ['SCR-01'] },
        },
        nowMs,
      );
    // The page tells the time by the machine's clock.
    await add('tsk_late', '迟了的任务', Date.now() - 60_000);
    await add('tsk_soon', '马上的任务', Date.now() + 300_000);
    app.desk.bus.publish({ type: 'lists.changed', shopId: SHOP, lists: ['tasks'] });
    const { page } = agent;
    await page.keyboard.press('Alt+KeyG');
    const late = page.getByRole('grid', { name: '任务：逾期' }).getByRole('row', { name: '迟了的任务' });
    await late.waitFor();
    await page
      .getByRole('grid', { name: /^任务：(今天|以后)$/ })
      .getByRole('row', { name: '马上的任务' })
      .waitFor();
    await agent.draft.fill('');
    const sent = await page.getByRole('log').getByRole('listitem').count();
    await late.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => agent.draft.inputValue()).not.toBe('');
    expect(await page.getByRole('log').getByRole('listitem').count()).toBe(sent);
    expect(await findBarriers(page)).toEqual([]);
    await late.focus();
    await page.keyboard.press('d');
    await late.waitFor({ state: 'detached' });
    await agent.draft.fill('');
    expect((await app.ledger.desk.tasks(SHOP, { id: 'tsk_late' })).length).toBe(0);
    await app.ledger.desk.finishTask(SHOP, 'tsk_soon', nowMs);
  });

  it('many visits stand as one line, which the keyboard unfolds and folds', async () => {
    const { stage, agent } = people();
    const { app } = stage.desk;
    const nowMs = app.desk.clock.now();
    // Later than both clocks tell: the desk's and the machine's.
    const dueAt = Math.max(nowMs, Date.now()) + 7_200_000;
    const ids = ['a', 'b', 'c', 'd'].map((name) => `tsk_visit_${name}`);
    for (const id of ids) {
      await app.ledger.desk.addTask(
        { shopId: SHOP, id, kind: 'follow_up', title: id, rule: 'FU-05', buyerId: 'demo-08', dueAt, data: {} },
        nowMs,
      );
    }
    app.desk.bus.publish({ type: 'lists.changed', shopId: SHOP, lists: ['tasks'] });
    const { page } = agent;
    await page.keyboard.press('Alt+KeyG');
    const line = page.getByRole('row', { name: /^咨询未下单回访：4 位买家/ });
    const visits = page.getByRole('row', { name: '咨询未下单回访', exact: true });
    await line.waitFor();
    expect(await visits.count()).toBe(0);
    await line.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => visits.count()).toBe(4);
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('d');
    // Three visits stand for themselves.
    await line.waitFor({ state: 'detached' });
    await expect.poll(() => visits.count()).toBe(3);
    for (const id of ids) await app.ledger.desk.finishTask(SHOP, id, nowMs);
    app.desk.bus.publish({ type: 'lists.changed', shopId: SHOP, lists: ['tasks'] });
    await expect.poll(() => visits.count()).toBe(0);
  });

  it('stop for a buyer who refuses, and an agent takes that back with a reason', async () => {
    const { stage, agent } = people();
    const { page } = agent;
    const buyer = await stage.openBuyer('demo-08');
    await buyer.say('退订，别再发了');
    await agent.open('买家08');
    const card = page.getByRole('complementary');
    await expect.poll(async () => (await card.getByText('已退订').count()) > 0 || (await reopen())).toBe(true);
    async function reopen(): Promise<boolean> {
      await page.reload();
      await page.getByText('已连接').waitFor();
      return false;
    }
    await card.getByRole('button', { name: '撤回退订' }).press('Enter');
    await card.getByLabel('理由').fill('买家说点错了');
    await card.getByLabel('理由').press('Enter');
    await card.getByText('已退订').waitFor({ state: 'detached' });
    const [entry] = await stage.desk.app.ledger.desk.trail(SHOP, 'optout', 1);
    expect(entry).toMatchObject({ action: 'optout.undo', data: { reason: '买家说点错了' } });
  });
}
