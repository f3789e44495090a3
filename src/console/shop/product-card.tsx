import { useId, useState } from 'react';
import type { DemoProduct } from '../desk/store/desk-api.ts';
import { formatYuan } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { ProductPicture } from './product-picture.tsx';

/** One thing to buy: picture, price, options, and two ways on. */
export function ProductCard({
  product,
  place,
  isDisabled,
  onOrder,
  onAsk,
}: {
  product: DemoProduct;
  /** Position in the list. */
  place: number;
  isDisabled: boolean;
  onOrder(sku: string | undefined): void;
  onAsk(): void;
}) {
  const { t } = useLanguage();
  const ids = useId();
  const [size, setSize] = useState(product.sizes[0]);
  return (
    <article className="product" aria-labelledby={`${ids}-title`}>
      <ProductPicture product={product} ground={place} />
      <div className="product-body">
        <div className="product-head">
          <h3 id={`${ids}-title`}>{product.title}</h3>
          <b className="price figures">{formatYuan(product.price)}</b>
        </div>
        {product.about && <p className="product-about">{product.about}</p>}
        {product.sizes.length > 0 && (
          <fieldset className="sizes">
            <legend className="visually-hidden">{`${product.title} ${t('shop.size')}`}</legend>
            {product.sizes.map((option) => (
              <label key={option} className="size">
                <input type="radio" name={`${ids}-size`} checked={option === size} onChange={() => setSize(option)} />
                <span>{option}</span>
              </label>
            ))}
          </fieldset>
        )}
        <div className="product-actions">
          <ActionButton look="main" isDisabled={isDisabled} onPress={() => onOrder(size)}>
            {t('shop.order')}
          </ActionButton>
          <ActionButton isDisabled={isDisabled} onPress={onAsk}>
            {t('shop.ask')}
          </ActionButton>
        </div>
      </div>
    </article>
  );
}
