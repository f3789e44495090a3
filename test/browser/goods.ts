import { expect, it } from 'vitest';
import { findBarriers, type People, signIn } from './stage.ts';

const SHOP = 'demo';

/** The catalogue in the settings: found, changed by single facts, taken in from a file. */
export function testGoods(people: People): void {
  it('are found, and tell how old each part is and what goes unsaid without it', async () => {
    const { stage } = people();
    const page = await stage.openPage('/settings#/goods');
    await signIn(page, stage.desk.person('supervisor'));
    const table = page.getByRole('table', { name: '商品' });
    await table.waitFor();
    await page.getByLabel('查找').fill('冲锋衣');
    await expect.poll(() => table.locator('tbody tr').count()).toBe(1);
    expect(await table.textContent()).toContain('库存');
    const { orders } = stage.desk.app.ledger;
    const [shell] = await orders.productsById(SHOP, ['p-shell']);
    await orders.saveProduct({ ...shell!, readAt: { facts: 1, stock: 1, fed: [] } });
    stage.desk.app.desk.window.forget(SHOP);
    stage.desk.app.desk.bus.publish({ type: 'lists.changed', shopId: SHOP, lists: ['goods'] });
    await page.getByText(/^库存已过期：\d+ 项$/).waitFor();
    await page
      .getByText(/^因此暂不推荐 \d+ 条话术$/)
      .first()
      .waitFor();
    expect(await table.textContent()).toContain('已过期');
    expect(await findBarriers(page)).toEqual([]);
    await orders.saveProduct(shell!);
    stage.desk.app.desk.window.forget(SHOP);
    await page.context().close();
  });

  it('are changed fact by fact, by keyboard; what is not legal is told', async () => {
    const { stage } = people();
    const page = await stage.openPage('/settings#/goods');
    await signIn(page, stage.desk.person('supervisor'));
    await page.getByRole('button', { name: '野餐毯', exact: true }).press('Enter');
    const card = page.getByRole('region', { name: '野餐毯' });
    await card.getByRole('button', { name: '修改评分' }).press('Enter');
    const field = card.getByLabel('评分', { exact: true });
    await field.fill('9');
    await card.getByRole('button', { name: '保存' }).press('Enter');
    await card.getByRole('alert').waitFor();
    await field.fill('4.6');
    await card.getByRole('button', { name: '保存' }).press('Enter');
    await page.getByText('已保存：评分').waitFor();
    const [blanket] = await stage.desk.app.ledger.orders.productsById(SHOP, ['p-blanket']);
    expect(blanket?.details?.rating).toBe(4.6);
    expect(await findBarriers(page)).toEqual([]);
    await page.context().close();
  });

  it('come from a file: tried out first, refused rows told with what is legal, then written', async () => {
    const { stage } = people();
    const page = await stage.openPage('/settings#/goods');
    await signIn(page, stage.desk.person('supervisor'));
    const card = page.getByRole('region', { name: '导入和导出' });
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      card.getByRole('button', { name: '选择文件' }).press('Enter'),
    ]);
    const text = '宝贝ID,宝贝标题,一口价,可售库存\nb-1,竹编灯罩,88,4\nb-2,坏行,贵,1\n';
    await chooser.setFiles({ name: 'goods.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await card.getByText('试算，还没有写入。').waitFor();
    expect(await card.textContent()).toMatch(/3价格贵金额/);
    const { orders } = stage.desk.app.ledger;
    expect(await orders.productsById(SHOP, ['b-1'])).toEqual([]);
    expect(await findBarriers(page)).toEqual([]);
    await card.getByRole('button', { name: '写入', exact: true }).press('Enter');
    await card.getByText('已写入。').waitFor();
    expect((await orders.productsById(SHOP, ['b-1']))[0]?.facts).toMatchObject({ title: '竹编灯罩', price: 88 });
    await page.getByLabel('查找').fill('竹编');
    await page.getByRole('button', { name: '竹编灯罩' }).waitFor();
    await page.context().close();
  });
}
