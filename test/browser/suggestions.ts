import { expect, it } from 'vitest';
import type { People } from './stage.ts';

const ASKS_SHIPPING = '发什么快递，几天能到？';

/** From a question to an answer, by key. */
export function testSuggestions(people: People): void {
  it('Alt+1 puts a text into the draft, Ctrl+Enter sends it, the buyer reads it', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-03');
    await buyer.say(ASKS_SHIPPING);
    await agent.page.getByRole('tab', { name: '待回复' }).click();
    await agent.page.getByRole('option', { name: '买家03' }).click();
    await agent.chips.first().waitFor();
    expect(await agent.page.title()).toMatch(/^\(\d+\)/);

    await agent.draft.fill('您好！');
    await agent.page.keyboard.press('Alt+1');
    const draft = await agent.draft.inputValue();
    expect(draft).toMatch(/^您好！.+/s);
    expect(await buyer.message(draft).count()).toBe(0);

    await agent.draft.press('Control+Enter');
    await buyer.message(draft).waitFor();
    await agent
      .message(draft)
      .filter({ hasText: /SCR-\d+/ })
      .waitFor();
    expect(await agent.draft.inputValue()).toBe('');
    await expect.poll(() => agent.chips.count()).toBe(0);
  });

  it('the browser takes an inserted text back by its own undo', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-04');
    await buyer.say(ASKS_SHIPPING);
    await agent.open('买家04');
    await agent.chips.first().waitFor();
    await agent.draft.pressSequentially('稍等');
    await agent.page.keyboard.press('Alt+1');
    await expect.poll(() => agent.draft.inputValue()).toMatch(/^稍等.+/s);
    await agent.page.keyboard.press('Control+z');
    await expect.poll(() => agent.draft.inputValue()).toBe('稍等');
    await agent.draft.fill('');
  });

  it('why a text is proposed is told on demand', async () => {
    const { agent } = people();
    await agent.chips.first().getByRole('button', { name: '为什么' }).click();
    const why = agent.page.getByRole('dialog');
    await why.getByText('推荐理由').waitFor();
    await why.getByText('已满足的条件').waitFor();
    await agent.page.keyboard.press('Escape');
    await why.waitFor({ state: 'hidden' });
  });

  it('what the machine understood of a message is told on demand', async () => {
    const { agent } = people();
    await agent.message(ASKS_SHIPPING).getByRole('button', { name: '意图' }).click();
    await agent.message(ASKS_SHIPPING).getByText(/INT-/).first().waitFor();
  });

  it('a proposal is put away, and Escape puts the rest away', async () => {
    const { agent } = people();
    const before = await agent.chips.count();
    await agent.chips.first().getByRole('button', { name: /^不用/ }).click();
    await expect.poll(() => agent.chips.count()).toBe(before - 1);
    await agent.draft.press('Escape');
    await expect.poll(() => agent.chips.count()).toBe(0);
  });

  it('a draft is still there after a look at another conversation and after a reload', async () => {
    const { agent } = people();
    await agent.draft.fill('写到一半');
    await agent.open('买家03');
    await expect.poll(() => agent.draft.inputValue()).toBe('');
    await agent.open('买家04');
    await expect.poll(() => agent.draft.inputValue()).toBe('写到一半');
    await agent.page.reload();
    await expect.poll(() => agent.draft.inputValue()).toBe('写到一半');
    await agent.draft.fill('');
  });
}
