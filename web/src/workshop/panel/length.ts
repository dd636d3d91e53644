// A length of time as people say it, "6 working days", and as it is kept: an ISO duration and the calendar that it counts in.

export const UNITS = ['minutes', 'hours', 'working-days', 'days', 'days-with-start', 'weeks', 'months', 'years', 'formula', 'other'] as const;
export type Unit = (typeof UNITS)[number];
export type Length = { amount: string; unit: Unit };
export type Kept = { duration: string; calendar: string };

const SIMPLE = /^(-?)P(T?)(\d+)([MHDWY])$/;
const BY_DATE: Record<string, Unit> = { D: 'days', W: 'weeks', M: 'months', Y: 'years' };
const LETTER: Partial<Record<Unit, string>> = { minutes: 'TM', hours: 'TH', 'working-days': 'D', days: 'D', 'days-with-start': 'D', weeks: 'W', months: 'M', years: 'Y' };
const CALENDAR: Partial<Record<Unit, string>> = { minutes: 'elapsed', hours: 'elapsed', 'working-days': 'working-days', 'days-with-start': 'calendar-with-start' };

/** `calendar` empty: the usual one, elapsed time for hours and minutes, else the calendar's. */
export function lengthOf(duration: string, calendar: string): Length {
  if (duration.startsWith('=')) return { amount: duration, unit: 'formula' };
  const found = SIMPLE.exec(duration);
  if (!found) return duration ? { amount: duration, unit: 'other' } : { amount: '', unit: calendar === 'working-days' ? 'working-days' : 'days' };
  const [, sign, time, number, letter] = found as unknown as [string, string, string, string, string];
  const unit = unitOf(time, letter, calendar);
  return unit ? { amount: `${sign}${number}`, unit } : { amount: duration, unit: 'other' };
}

/** What is no whole number is kept as it was written, for the lint to say. */
export function keptAs({ amount, unit }: Length, before: string): Kept {
  if (unit === 'formula') return { duration: amount.startsWith('=') ? amount : `=${amount}`, calendar: before || 'calendar' };
  if (unit === 'other') return { duration: amount, calendar: before || 'calendar' };
  const number = /^(-?)\s*(\d+)$/.exec(amount.trim());
  const [date, calendar] = [LETTER[unit]!, CALENDAR[unit] ?? 'calendar'];
  if (!number) return { duration: amount.trim(), calendar };
  return { duration: date.startsWith('T') ? `${number[1]}PT${number[2]}${date[1]}` : `${number[1]}P${number[2]}${date}`, calendar };
}

function unitOf(time: string, letter: string, calendar: string): Unit | undefined {
  if (time) return calendar && calendar !== 'elapsed' ? undefined : letter === 'H' ? 'hours' : letter === 'M' ? 'minutes' : undefined;
  if (calendar === 'working-days' || calendar === 'calendar-with-start') return letter !== 'D' ? undefined : calendar === 'working-days' ? 'working-days' : 'days-with-start';
  return !calendar || calendar === 'calendar' ? BY_DATE[letter] : undefined;
}
