import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBarriers, type People, signIn } from './stage.ts';

/** The shop's own word for a discount; no shipped line knows it. */
const SLANG = '老铁这个能磕一磕不';
const GREETING = '你好呀，请问在吗';

/** What the machine understood, set right by the agent, and what the supervisor sees of it. */
export function testTeaching(people: People): void {
  let chief: Page;

  beforeAll(async () => {
    const { stage, agent } = people();
    chief = await stage.openPage('/supervisor');
    await signIn(chief, stage.desk.person('supervisor'));
    await section().getByText('还没有人改正过').waitFor();
    await chief.getByText('已连接').waitFor();
    const buyer = await stage.openBuyer('demo-05');
    await buyer.say(GREETING);
    await agent.open('买家05');
    await reading(GREETING).waitFor();
    await buyer.say(SLANG);
    await reading(SLANG).waitFor();
  });
  afterAll(() => chief.context().close());

  const section = () => chief.getByRole('region', { name: '教学' });
  const reading = (text: string) => people().agent.message(text).getByRole('button', { name: '意图' });
  const search = () => people().agent.page.getByRole('combobox', { name: '搜索意图' });
  const card = () => people().agent.page.getByRole('complementary', { name: '买家与订单' });

  it('below a message stands what was understood, and in it the words that spoke for it', async () => {
    const { agent } = people();
    expect(await reading(GREETING).textContent()).toMatch(/招呼 \d+%/);
    expect(await agent.message(GREETING).locator('mark').first().textContent()).toContain('你好');
  });

  it('the step of the talk is shown', async () => {
    const step = people().agent.page.getByRole('list', { name: '服务七步' }).locator('[aria-current="step"]');
    await expect.poll(() => step.allTextContents()).toHaveLength(1);
  });

  it('a key, a word and Enter set a message right, and other texts are proposed', async () => {
    const { agent } = people();
    await agent.draft.press('Alt+c');
    await search().fill('要优惠');
    expect(await findBarriers(agent.page)).toEqual([]);
    await search().press('Enter');
    await search().press('Control+Enter');
    await search().waitFor({ state: 'detached' });
    await expect.poll(() => reading(SLANG).textContent()).toMatch(/小禾 改正\s*要优惠/);
    await agent.chips
      .filter({ hasText: /SCR-3\d/ })
      .first()
      .waitFor();
    await expect.poll(() => agent.draft.evaluate((it) => it === document.activeElement)).toBe(true);
  });

  it('the correction is still there after a reload', async () => {
    const { agent } = people();
    await agent.page.reload();
    await expect.poll(() => reading(SLANG).textContent()).toMatch(/小禾 改正/);
  });

  it('a type is pinned in the words of the desk, and the pin is taken back', async () => {
    const { agent } = people();
    const pin = card().getByText('客服更正：先谈价格');
    const menu = card().getByRole('button', { name: '更正沟通偏好' });
    await menu.press('Enter');
    await agent.page.getByRole('menuitemradio', { name: '先谈价格' }).press('Enter');
    await pin.waitFor();
    await agent.chips
      .filter({ hasText: /SCR-3\d/ })
      .first()
      .waitFor();
    expect(await findBarriers(agent.page)).toEqual([]);
    await menu.press('Enter');
    await agent.page.getByRole('menuitemradio', { name: '收回更正' }).press('Enter');
    await pin.waitFor({ state: 'detached' });
  });

  it('the supervisor sees it, and what the lesson after it brought', async () => {
    const row = section().getByRole('row', { name: new RegExp(SLANG) });
    await row.getByText('要优惠').waitFor();
    await row.getByText('小禾').waitFor();
    const lesson = section().getByRole('list', { name: '学习记录' }).getByRole('listitem').first();
    await lesson.getByText('已上线').waitFor();
    await section().getByText('在用：学过的模型').waitFor();
    await section().getByRole('button', { name: '答案变了 1 条' }).click();
    await section().getByText('改对').waitFor();
    expect(await findBarriers(chief)).toEqual([]);
  });

  it('a lesson is given on demand, and one step leads back', async () => {
    const lessons = section().getByText('已上线');
    const before = await lessons.count();
    await section().getByRole('button', { name: '现在学一遍' }).click();
    await expect.poll(() => lessons.count()).toBe(before + 1);
    for (let left = before + 1; left > 0; left -= 1) {
      await section().getByRole('button', { name: '退回上一个模型' }).click();
      const dialog = chief.getByRole('alertdialog');
      await dialog.getByRole('button', { name: '退回', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    }
    await section().getByText('在用：随产品的模型').waitFor();
    expect(await section().getByRole('button', { name: '退回上一个模型' }).isDisabled()).toBe(true);
  });

  it('a correction that is taken back is gone from the console too', async () => {
    await section()
      .getByRole('button', { name: new RegExp(`^收回对“${SLANG}”`) })
      .click();
    await section().getByText('还没有人改正过').waitFor();
    await expect.poll(() => reading(SLANG).textContent()).not.toMatch(/改正/);
  });
}
