import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { findBarriers, type People, signIn } from './stage.ts';

/** Whatever the machine is busy with; how quick it is belongs to the benches. */
const PATIENTLY = { timeout: 40_000, interval: 50 };
const WORDING = '您好，本店在山野路 8 号，周末也有人。';
const BETTER = '您好，本店在山野路 8 号，周末和节日也有人。';

/** The governed library: written by an agent, approved by the supervisor, said at the desk, rolled back. */
export function testLibrary(people: People): void {
  let writer: Page;
  let supervisor: Page;

  async function openLibrary(login: string): Promise<Page> {
    const { stage } = people();
    const page = await stage.openPage('/library');
    await signIn(page, stage.desk.person(login));
    await page.getByText('已连接').waitFor();
    await page.getByRole('listbox', { name: '话术库' }).getByRole('option').first().waitFor();
    return page;
  }
  const rows = (page: Page) => page.getByRole('listbox', { name: '话术库' }).getByRole('option');
  const said = (page: Page, text: string) => page.getByRole('status').getByText(text).first().waitFor();
  const state = (page: Page, name: RegExp) =>
    page
      .getByRole('group', { name: '状态' })
      .or(page.getByRole('radiogroup', { name: '状态' }))
      .getByText(name)
      .click();

  /** The texts that `/dz1` finds in the console. */
  async function searchAtDesk(): Promise<string | null> {
    const { agent } = people();
    await agent.draft.fill('');
    const answered = agent.page.waitForResponse(/search\?q=dz1/);
    await agent.draft.pressSequentially('/dz1');
    await answered;
    const menu = agent.page.getByRole('listbox', { name: '搜索话术' });
    await menu.waitFor();
    return await menu.textContent();
  }

  it('an agent writes a script of the shop’s own, with the check beside it, and submits it', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-07');
    await buyer.say('你们店在哪里？');
    await agent.open('买家07');
    writer = await openLibrary('agent1');
    await writer.keyboard.press('n');
    await writer.getByRole('button', { name: '店铺自己的话术' }).click();
    const text = writer.getByLabel('话术 1 的内容', { exact: true });
    await text.fill('加我微信，我带您过来');
    await writer.getByLabel('标题', { exact: true }).fill('门店地址');
    await writer.getByLabel('快捷码').fill('dz1');
    await writer.getByText('出口检查禁止').waitFor();

    await text.fill('您好，本店在山野路 8 号，周末也有人。{shop.ho');
    await text.press('Tab');
    expect(await text.inputValue()).toMatch(/\{shop\.hours\}$/);
    await text.fill(WORDING);
    await writer.getByText('检查通过').waitFor();
    await writer.keyboard.press('Control+Enter');
    await said(writer, '已提交审核');
    await writer.getByText('等主管审核').waitFor();
    expect(await writer.getByRole('button', { name: /批准/ }).count()).toBe(0);
  });

  it('the supervisor approves it by a key, and the desk finds it within a moment', async () => {
    supervisor = await openLibrary('supervisor');
    await state(supervisor, /^待审/);
    await rows(supervisor).filter({ hasText: '门店地址' }).click();
    await supervisor.getByRole('region', { name: '待审的改动' }).getByText(WORDING).waitFor();
    expect(await searchAtDesk()).not.toContain(WORDING);

    await supervisor.keyboard.press('a');
    await said(supervisor, '已批准');
    await expect.poll(searchAtDesk, PATIENTLY).toContain(WORDING);
    await writer.getByRole('region', { name: '现在生效' }).getByText(WORDING).waitFor();
  });

  it('what changed is shown word by word; a return brings the reason to the author', async () => {
    await writer.keyboard.press('e');
    await writer.getByLabel('话术 1 的内容', { exact: true }).fill(BETTER);
    await writer.getByLabel('给审核人的说明').fill('节日也开门');
    await writer.keyboard.press('Control+Enter');
    await said(writer, '已提交审核');

    const work = supervisor.getByRole('region', { name: '待审的改动' });
    await state(supervisor, /^待审/);
    await rows(supervisor).filter({ hasText: '门店地址' }).click();
    await work.locator('ins').getByText('和节日').waitFor();
    await work.getByText('节日也开门').waitFor();
    await supervisor.keyboard.press('r');
    await supervisor.getByLabel('要改哪里').fill('春节不开');
    await supervisor.keyboard.press('Control+Enter');
    await said(supervisor, '已退回');
    await writer.getByText('主管 退回： 春节不开').waitFor();
    await writer.keyboard.press('s');
    await said(writer, '已提交审核');
  });

  it('two at one draft: the slower loses nothing and chooses', async () => {
    await supervisor.goto(supervisor.url().replace(/#.*/, '#/scripts?state=in_review'));
    await rows(supervisor).filter({ hasText: '门店地址' }).click();
    await supervisor.getByRole('button', { name: /^退回/ }).click();
    await supervisor.getByLabel('要改哪里').fill('再看看');
    await supervisor.keyboard.press('Control+Enter');
    await said(supervisor, '已退回');
    await writer.getByText('主管 退回： 再看看').waitFor();
    await writer.keyboard.press('e');
    const mine = writer.getByLabel('话术 1 的内容', { exact: true });
    await mine.fill(`${BETTER}欢迎您。`);

    await state(supervisor, /^草稿/);
    await rows(supervisor).filter({ hasText: '门店地址' }).click();
    await supervisor.keyboard.press('e');
    await supervisor.getByLabel('话术 1 的内容', { exact: true }).fill(`${BETTER}请来。`);
    await supervisor.keyboard.press('Control+s');
    await said(supervisor, '草稿已保存');

    await writer.getByText('主管 刚改过这份草稿。').waitFor();
    expect(await mine.inputValue()).toBe(`${BETTER}欢迎您。`);
    await writer.getByRole('button', { name: '以我的为准' }).click();
    await writer.keyboard.press('Control+Enter');
    await said(writer, '已提交审核');
  });

  it('rolled back, the desk says what it said before', async () => {
    const { stage } = people();
    await state(supervisor, /^待审/);
    await rows(supervisor).filter({ hasText: '门店地址' }).click();
    // The supervisor has written on this version; being the only one, they may approve it all the same.
    await supervisor.getByRole('button', { name: /^批准生效/ }).click();
    await said(supervisor, '已批准');
    await expect.poll(searchAtDesk, PATIENTLY).toContain('欢迎您');

    await state(supervisor, /^全部/);
    await supervisor.getByLabel('搜索话术').fill('mendian');
    await rows(supervisor).filter({ hasText: '门店地址' }).click();
    await supervisor.getByRole('button', { name: '回滚到此版' }).last().click();
    await supervisor.getByRole('dialog').locator('del').first().waitFor();
    await supervisor.keyboard.press('Control+Enter');
    await said(supervisor, '已回滚');
    await expect.poll(searchAtDesk, PATIENTLY).toContain(WORDING);
    await people().agent.draft.fill('');
    expect(stage.errors.filter((line) => line.includes('409'))).toEqual([]);
  });

  it('what was typed outlives a reload', async () => {
    await writer.keyboard.press('e');
    await writer.getByLabel('话术 1 的内容', { exact: true }).fill('写到一半');
    await writer.reload();
    await writer.getByText('已恢复上次没保存的改动').waitFor();
    expect(await writer.getByLabel('话术 1 的内容', { exact: true }).inputValue()).toBe('写到一半');
    await writer.getByRole('button', { name: '不要这些改动' }).click();
    await writer.keyboard.press('Escape');
    await writer.getByRole('region', { name: '现在生效' }).waitFor();
  });

  it('a phrase of one’s own stands in the menu at the desk, with a mark', async () => {
    const { agent } = people();
    await writer.getByRole('link', { name: '我的短语' }).click();
    await writer.getByLabel('快捷码').fill('dl1');
    await writer.getByLabel('标题').fill('带路');
    await writer.getByLabel('内容').fill('地铁口出来左转就是。');
    await writer.keyboard.press('Control+Enter');
    await writer.getByRole('list', { name: '我的短语' }).getByText('带路').waitFor();
    await agent.draft.fill('');
    await agent.draft.pressSequentially('/dl1');
    const menu = agent.page.getByRole('listbox', { name: '搜索话术' });
    await menu.getByRole('option', { name: '带路' }).getByText('我的', { exact: true }).waitFor();
    await agent.draft.press('Enter');
    await expect.poll(() => agent.draft.inputValue()).toBe('地铁口出来左转就是。');
    await agent.draft.fill('');
  });

  it('a file is tried out, imported as drafts, and approved together', async () => {
    await supervisor.getByRole('link', { name: '导入导出' }).click();
    const csv = '编码,快捷短语,分组\nhb1,亲，环保袋随单赠送一个,赠品\nhb2,亲，加我微信领赠品,赠品\nhb3,,赠品\n';
    await supervisor
      .locator('input[type=file]')
      .setInputFiles({ name: 'phrases.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await supervisor.getByText('试读结果，还没有导入。').waitFor();
    await supervisor.getByRole('tab', { name: /读不了/ }).click();
    await supervisor.getByRole('row', { name: '4 短语 短语是空的。' }).waitFor();
    await supervisor.getByRole('button', { name: '导入 2 条' }).click();
    await supervisor.getByText('已导入。').waitFor();
    await supervisor.getByRole('button', { name: '去看草稿' }).click();
    await rows(supervisor).filter({ hasText: '/hb1' }).click();
    await supervisor.keyboard.press('Space');
    await supervisor.getByRole('button', { name: '选全部 2 条' }).click();
    await supervisor.getByRole('button', { name: /^批准生效 2/ }).click();
    await supervisor.getByText('1 条没有成功').waitFor();
    await supervisor
      .getByRole('alert')
      .getByText(/TAB-51/)
      .waitFor();
  });

  it('gate rules are tried as they are typed, and in force when saved', async () => {
    const { agent } = people();
    await supervisor.getByRole('link', { name: '出口规则' }).click();
    await supervisor.getByLabel('加词语，可以一次贴多行').fill('老铁');
    await supervisor.keyboard.press('Enter');
    await supervisor.getByRole('textbox', { name: '试一试' }).fill('老 鐵您好\n您好');
    const verdicts = supervisor.getByRole('region', { name: '试一试' }).getByRole('listitem');
    await verdicts.filter({ hasText: '拦下' }).locator('.fault-B').getByText('老 鐵').waitFor();
    await verdicts.filter({ hasText: '放行' }).waitFor();
    await supervisor.getByRole('textbox', { name: '试一试' }).fill('这是最好的一款');
    await verdicts.getByRole('button', { name: '调轻重' }).first().click();
    await supervisor.getByRole('tab', { name: '绝对化用语 1' }).waitFor();
    await verdicts.filter({ hasText: '放行' }).waitFor();
    await supervisor.getByRole('button', { name: '保存并生效' }).click();
    await said(supervisor, '出口规则已生效');
    await agent.draft.fill('老铁您好');
    await agent.page.getByText(/SHOP-word/).waitFor();
    await agent.draft.fill('');
  });

  it.each(['light', 'dark'] as const)('the pages have no barriers in the %s scheme', async (colorScheme) => {
    await supervisor.emulateMedia({ colorScheme });
    for (const [page, heading] of [
      ['scripts/SCR-01', '开场招呼（新客）'],
      ['scripts/SCR-01/edit', '修改「开场招呼（新客）」'],
      ['transfer', '导入话术'],
      ['rules', '出口规则'],
      ['phrases', '我的短语'],
    ] as const) {
      await supervisor.goto(supervisor.url().replace(/#.*/, `#/${page}`));
      await supervisor.getByRole('heading', { level: 2, name: heading }).waitFor();
      expect(await findBarriers(supervisor), page).toEqual([]);
    }
  });

  it('the pages fit 1024 pixels', async () => {
    await supervisor.setViewportSize({ width: 1024, height: 720 });
    expect(await supervisor.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1024);
    const bar = await supervisor.getByRole('button', { name: '退出登录' }).boundingBox();
    expect(bar!.x + bar!.width).toBeLessThanOrEqual(1024);
    await Promise.all([supervisor.context().close(), writer.context().close()]);
  });
}
