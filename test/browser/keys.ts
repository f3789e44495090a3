import { expect, it } from 'vitest';
import type { People } from './stage.ts';

/** Working without the mouse. */
export function testKeys(people: People): void {
  it('the Enter that ends the choice of characters does not send', async () => {
    const { agent } = people();
    await agent.draft.fill('ni hao');
    await agent.draft.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true, bubbles: true });
    expect(await agent.draft.inputValue()).toBe('ni hao');
    expect(await agent.message('ni hao').count()).toBe(0);
  });

  it('Shift+Enter begins a line', async () => {
    const { agent } = people();
    await agent.draft.fill('一');
    await agent.draft.press('Shift+Enter');
    await agent.draft.pressSequentially('二');
    expect(await agent.draft.inputValue()).toBe('一\n二');
    await agent.draft.fill('');
  });

  it('/ at the beginning of a line finds a script by pinyin, Enter inserts it', async () => {
    const { agent } = people();
    await agent.draft.pressSequentially('/fhsj');
    const options = agent.page.getByRole('listbox', { name: '搜索话术' }).getByRole('option');
    await options.filter({ hasText: '发货时间' }).first().waitFor();
    await agent.draft.press('ArrowDown');
    await agent.draft.press('ArrowUp');
    await agent.draft.press('Enter');
    await expect.poll(() => agent.draft.inputValue()).not.toMatch(/^\//);
    expect(await agent.draft.inputValue()).not.toBe('');
    await agent.draft.fill('');
  });

  it('Alt+J and Alt+K walk through the list', async () => {
    const { agent } = people();
    await agent.page.getByRole('tab', { name: '全部' }).click();
    const list = agent.page.getByRole('listbox', { name: '会话' });
    const chosen = () => list.getByRole('option', { selected: true }).textContent();
    const first = (await chosen()) ?? '';
    await agent.page.keyboard.press('Alt+J');
    await expect.poll(chosen).not.toBe(first);
    // What stands beside the name counts on.
    const name = /^买家\d+/.exec(first)![0];
    await agent.page.keyboard.press('Alt+K');
    await expect.poll(chosen).toContain(name);
  });

  it('Alt+T takes over and hands back, Alt+E resolves', async () => {
    const { agent } = people();
    await agent.page.keyboard.press('Alt+T');
    await agent.page.getByRole('button', { name: /交还自动/ }).waitFor();
    await agent.page.keyboard.press('Alt+T');
    await agent.page.getByRole('button', { name: /接管/ }).waitFor();
    await agent.page.keyboard.press('Alt+E');
    await agent.page.getByText('已解决').waitFor();
  });

  it('F6 walks through the panes; Escape leads from the side pane back to the draft', async () => {
    const { agent } = people();
    const pane = () => agent.page.evaluate(() => document.activeElement?.closest('nav, main, aside')?.tagName);
    await agent.draft.focus();
    const walk: (string | undefined)[] = [];
    for (const key of ['F6', 'F6', 'F6', 'Shift+F6']) {
      await agent.page.keyboard.press(key);
      walk.push(await pane());
    }
    expect(walk).toEqual(['ASIDE', 'NAV', 'MAIN', 'NAV']);
    await agent.page.keyboard.press('Shift+F6');
    await agent.page.keyboard.press('Escape');
    expect(await agent.draft.evaluate((it) => it === document.activeElement)).toBe(true);
    await agent.draft.press('Alt+p');
    await agent.page.getByLabel('优惠多少元').press('Escape');
    expect(await agent.draft.evaluate((it) => it === document.activeElement)).toBe(true);
  });

  it('F1 shows the keys anywhere, ? outside of text', async () => {
    const { agent } = people();
    await agent.draft.press('?');
    expect(await agent.draft.inputValue()).toBe('?');
    await agent.draft.fill('');
    await agent.page.getByRole('log').focus();
    await agent.page.keyboard.press('?');
    await agent.page.getByRole('dialog', { name: '快捷键' }).waitFor();
    await agent.page.keyboard.press('Escape');
    await agent.draft.press('F1');
    await agent.page.getByRole('dialog', { name: '快捷键' }).waitFor();
    await agent.page.keyboard.press('Escape');
  });

  it('the page speaks English when it is told to, and remembers it', async () => {
    const { agent } = people();
    await agent.page.getByRole('button', { name: 'English' }).click();
    await agent.page.getByRole('tab', { name: 'Waiting' }).waitFor();
    await agent.page.reload();
    await agent.page.getByRole('tab', { name: 'Waiting' }).waitFor();
    expect(await agent.page.locator('html').getAttribute('lang')).toBe('en');
    await agent.page.getByRole('button', { name: '中文' }).click();
    await agent.page.getByRole('tab', { name: '待回复' }).waitFor();
  });
}
