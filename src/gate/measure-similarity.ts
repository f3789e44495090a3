/**
 * Similarity of two texts: 1 − edit distance ÷ longer length, 0–1.
 *
 * Only the band that can still reach `atLeast` is computed; anything below it comes back as 0.
 */
export function measureSimilarity(a: string, b: string, atLeast: number): number {
  const longer = Math.max(a.length, b.length);
  if (longer === 0) return 1;
  const allowed = Math.floor(longer * (1 - atLeast) + 1e-9);
  if (Math.abs(a.length - b.length) > allowed) return 0;
  const far = allowed + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => (j <= allowed ? j : far));
  for (let i = 1; i <= a.length; i++) {
    const current = new Array<number>(b.length + 1).fill(far);
    if (i <= allowed) current[0] = i;
    const last = Math.min(b.length, i + allowed);
    let best = current[0]!;
    for (let j = Math.max(1, i - allowed); j <= last; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const cost = Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1, far);
      current[j] = cost;
      if (cost < best) best = cost;
    }
    if (best > allowed) return 0;
    previous = current;
  }
  const distance = previous[b.length]!;
  return distance > allowed ? 0 : 1 - distance / longer;
}
