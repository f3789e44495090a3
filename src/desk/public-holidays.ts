/** Which dates are public holidays, and which weekends are worked in their place. */
import chineseDays from 'chinese-days/dist/chinese-days.json' with { type: 'json' };

/** Days as the state announces them, year by year. */
export interface PublicHolidays {
  /** `holiday`: off; `workday`: a weekend that is worked; `undefined`: an ordinary day, or a year nobody knows. */
  kindOf(date: string): 'holiday' | 'workday' | undefined;
  /** Has the year been announced? A year that has not looks as if it had no holidays at all. */
  knows(year: number): boolean;
}

/** Reads holidays and worked weekends from two lists of dates. */
export function createPublicHolidays(holidays: Iterable<string>, workdays: Iterable<string>): PublicHolidays {
  const off = new Set(holidays);
  const worked = new Set(workdays);
  const years = new Set([...off].map((date) => Number(date.slice(0, 4))));
  return {
    kindOf: (date) => (off.has(date) ? 'holiday' : worked.has(date) ? 'workday' : undefined),
    knows: (year) => years.has(year),
  };
}

/** Public holidays of mainland China. */
export const CHINESE_HOLIDAYS: PublicHolidays = createPublicHolidays(
  Object.keys(chineseDays.holidays),
  Object.keys(chineseDays.workdays),
);
