/** F1 averaged over the classes that occur as truth. */
export function macroF1(pairs: readonly { truth: string; predicted: string | undefined }[]): number {
  const counts = new Map<string, { hit: number; wrong: number; missed: number }>();
  const countsOf = (label: string) => {
    const found = counts.get(label) ?? { hit: 0, wrong: 0, missed: 0 };
    counts.set(label, found);
    return found;
  };
  for (const { truth, predicted } of pairs) {
    if (predicted === truth) countsOf(truth).hit++;
    else {
      countsOf(truth).missed++;
      if (predicted !== undefined) countsOf(predicted).wrong++;
    }
  }
  const present = [...counts.values()].filter((count) => count.hit + count.missed > 0);
  return mean(present.map((count) => (2 * count.hit) / (2 * count.hit + count.wrong + count.missed)));
}

/** Expected calibration error over ten equal bins. */
export function calibrationError(points: readonly { confidence: number; right: boolean }[]): number {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { confidence, right } of points) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))]!;
    bin.count++;
    bin.confidence += confidence;
    bin.right += right ? 1 : 0;
  }
  const gaps = bins.map((bin) => Math.abs(bin.confidence - bin.right));
  return points.length === 0 ? 0 : gaps.reduce((sum, gap) => sum + gap, 0) / points.length;
}

/** Area under the ROC curve: the chance that a positive scores above a negative; ties count half. 0 when one side is empty. */
export function areaUnderRoc(positives: readonly number[], negatives: readonly number[]): number {
  if (positives.length === 0 || negatives.length === 0) return 0;
  const all = [
    ...positives.map((score) => ({ score, positive: true })),
    ...negatives.map((score) => ({ score, positive: false })),
  ].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let i = 0; i < all.length; ) {
    let end = i;
    while (end < all.length && all[end]!.score === all[i]!.score) end++;
    const rank = (i + 1 + end) / 2;
    for (let k = i; k < end; k++) if (all[k]!.positive) rankSum += rank;
    i = end;
  }
  const p = positives.length;
  return (rankSum - (p * (p + 1)) / 2) / (p * negatives.length);
}

/** Mean, 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Share of the items that satisfy a test, 0 of nothing. */
export function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}
