import { useEffect, useState } from 'react';
import { useLanguage } from '../i18n/language.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { BuyerPicker } from './buyer-picker.tsx';
import { ChatWidget } from './chat-widget.tsx';
import { MyOrders } from './my-orders.tsx';
import { ProductCard } from './product-card.tsx';
import { useOrders } from './use-orders.ts';
import { useVisitor } from './use-visitor.ts';

/** The demo shop and its chat; where the shop is no demo, the chat alone. */
export function ShopApp() {
  const { t } = useLanguage();
  const visit = useVisitor();
  const { demo, visitor } = visit;
  const [open, setOpen] = useState(false);
  /** A question begun by a product card; `at` makes the same question twice two questions. */
  const [question, setQuestion] = useState<{ text: string; at: number }>();
  const { orders, busy, notice, act } = useOrders(demo ? visitor?.token : undefined);
  const shopName = visitor?.shopName ?? demo?.shopName ?? t('shop.title');
  useEffect(() => {
    document.title = shopName;
  }, [shopName]);

  return (
    <div className="shop">
      <header className="shop-bar">
        <div className="shop-name">
          <h1>{shopName}</h1>
          <p className="faint">{demo ? t('shop.lead') : t('shop.notDemo')}</p>
        </div>
        {demo && <BuyerPicker demo={demo} buyer={visit.buyer} onBecome={visit.become} />}
        <LanguageSwitch />
      </header>
      <main className="shop-main">
        {visit.problem && <p className="shop-note shop-trouble">{t('shop.unreachable')}</p>}
        {demo && <p className="shop-note">{t('shop.demoNote')}</p>}
        <p className="shop-notice" role="status" aria-live="polite">
          {notice && t(notice.key, notice.values)}
        </p>
        {demo && visitor && (
          <MyOrders
            orders={orders}
            busy={busy}
            onPay={(orderId) => act({ action: 'pay', orderId })}
            onCancel={(orderId) => act({ action: 'close', orderId })}
          />
        )}
        {demo && (
          <section aria-labelledby="products">
            <h2 id="products">{t('shop.products')}</h2>
            <div className="products">
              {demo.products.map((product, place) => (
                <ProductCard
                  key={product.id}
                  product={product}
                  place={place}
                  isDisabled={busy || !visitor}
                  onOrder={(sku) =>
                    act({ action: 'place', productId: product.id, ...(sku ? { sku } : {}) }, product.title)
                  }
                  onAsk={() => {
                    setQuestion({ text: t('shop.askText', { title: product.title }), at: Date.now() });
                    setOpen(true);
                  }}
                />
              ))}
            </div>
          </section>
        )}
      </main>
      {visitor && (
        <ChatWidget
          key={visitor.token}
          visitor={visitor}
          isOpen={open || demo === null}
          onOpenChange={setOpen}
          question={question}
          onExpired={visit.renew}
        />
      )}
    </div>
  );
}
