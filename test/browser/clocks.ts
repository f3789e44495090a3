import { expect, it } from 'vitest';
import { findBarriers, type People, signIn } from './stage.ts';

/** Response clocks at the desk, on the supervisor's page, and in the settings. */
export function testClocks(people: People): void {
  it('count down in the list and the header, and stop with a reply', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-04');
    await buyer.say('收到的衣服破了个洞，我要退货');
    await agent.page.getByRole('tab', { name: '全部' }).click();
    const row = agent.page.getByRole('option', { name: '买家04' });
    await row
      .getByText(/^(还剩|超时)/)
      .first()
      .waitFor();
    await agent.open('买家04');
    const head = agent.page.getByRole('banner').or(agent.page.locator('.thread-head'));
    await head
      .getByText(/^(首次回复|平台时限|售后首次回复)：/)
      .first()
      .waitFor();

    expect(await findBarriers(agent.page)).toEqual([]);

    const page = await stage.openPage('/supervisor');
    await signIn(page, stage.desk.person('supervisor'));
    const running = page.locator('#clocks');
    await running.getByRole('row', { name: /买家04.*平台时限/ }).waitFor();

    await agent.draft.fill('非常抱歉，我马上为您处理');
    await agent.draft.press('Control+Enter');
    await agent.page.locator('.thread-head .wait').waitFor({ state: 'detached' });
    await running.getByRole('row', { name: /买家04.*平台时限/ }).waitFor({ state: 'detached' });
    await expect
      .poll(() =>
        page
          .locator('#clocks-today')
          .getByRole('row', { name: /平台时限/ })
          .textContent(),
      )
      .toMatch(/[1-9]/);
    expect(await findBarriers(page)).toEqual([]);
    await page.context().close();
  });

  it('the sound is off until somebody switches it on', async () => {
    const { agent } = people();
    const sound = agent.page.getByRole('button', { name: '时限提示音' });
    expect(await sound.getAttribute('aria-pressed')).toBe('false');
    await sound.click();
    expect(await sound.getAttribute('aria-pressed')).toBe('true');
    await sound.click();
  });

  it('a supervisor changes a limit and sets up the call; the secret is not shown again', async () => {
    const { stage } = people();
    const page = await stage.openPage('/settings#/clocks');
    await signIn(page, stage.desk.person('supervisor'));
    const limit = page.getByLabel('平台时限：时限');
    await expect.poll(() => limit.inputValue()).toBe('3');
    await limit.fill('5');
    await page.getByRole('button', { name: '保存' }).first().click();
    await page.getByText('已保存，几秒内生效。').first().waitFor();
    await page.reload();
    await expect.poll(() => limit.inputValue()).toBe('5');

    const card = page.locator('.settings-card').filter({ hasText: '紧急情况值班呼叫' });
    await card.getByLabel('接收地址（https）').fill('https://calls.example/hook');
    await card.getByRole('button', { name: '生成密钥' }).click();
    const secret = card.getByLabel('签名密钥');
    const made = await secret.inputValue();
    expect(made).toMatch(/^whsec_/);
    await card.getByLabel('值班表').fill('小禾 | 一二三 22:00-09:00');
    await card.getByRole('button', { name: '保存' }).click();
    await card
      .getByRole('alert')
      .getByText(/第 1 行/)
      .waitFor();
    await card.getByLabel('值班表').fill('小禾 | 一二三 | 22:00-09:00\n小满 | 四五六日 | 22:00-09:00');
    await card.getByRole('button', { name: '保存' }).click();
    await expect.poll(() => secret.inputValue()).toBe('********');
    await page.reload();
    await expect.poll(() => secret.inputValue()).toBe('********');
    expect(await card.getByLabel('值班表').inputValue()).toContain('小满 | 四五六日 | 22:00-09:00');
    expect(await findBarriers(page)).toEqual([]);
    await card.getByRole('button', { name: '停用' }).click();
    await expect.poll(() => secret.inputValue()).toBe('');
    await page.getByRole('button', { name: '恢复默认' }).click();
    await expect.poll(() => limit.inputValue()).toBe('3');
    await page.context().close();
  });
}
