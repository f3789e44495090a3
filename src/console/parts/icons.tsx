/** Line icons, 16 by 16, in the colour of the text around them. */
const paths = {
  check: 'M3.5 8.5l3 3 6-7',
  checks: 'M1.5 8.5l3 3 5.5-7M8 11l.5.5 6-7',
  clock: 'M8 4.5V8l2.5 1.5M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
  close: 'M4 4l8 8M12 4l-8 8',
  help: 'M6.2 6.2a1.9 1.9 0 1 1 2.6 1.9c-.5.2-.8.6-.8 1.2M8 11.3v.2M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z',
  hand: 'M5 8V4.3a1 1 0 0 1 2 0V7m0-.5V3a1 1 0 0 1 2 0v4m0-3.2a1 1 0 0 1 2 0V8.5m0-2.5a1 1 0 0 1 2 0v4c0 2.5-1.8 4.5-4.5 4.5-2 0-3-.8-4-2.3L2.7 9.4c-.6-1 .7-1.9 1.5-1L5 9.3',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.8 10.8L14 14',
  send: 'M14 2L7 9M14 2l-4.5 12L7 9 2 6.5z',
  spark: 'M8 1.5l1.5 4.5 4.5 1.5-4.5 1.5L8 13.5 6.5 9 2 7.5 6.5 6z',
  arrow: 'M3 8h10M9 4l4 4-4 4',
  retry: 'M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3',
  chat: 'M2.5 4A1.5 1.5 0 0 1 4 2.5h8A1.5 1.5 0 0 1 13.5 4v5.5A1.5 1.5 0 0 1 12 11H7.5L4 14v-3.0A1.5 1.5 0 0 1 2.5 9.5z',
  chart: 'M2.5 13.5h11M4.5 11V7M8 11V3M11.5 11V5.5',
  gear: 'M2.5 4.5h4M9.5 4.5h4M8 4.5a1.5 1.5 0 1 0-.001-.001M2.5 11.5h2M7.5 11.5h6M6 11.5a1.5 1.5 0 1 0-.001-.001',
  book: 'M8 4C6.5 2.8 4.5 2.5 2 2.5v10c2.5 0 4.5.3 6 1.5 1.5-1.2 3.5-1.5 6-1.5v-10c-2.5 0-4.5.3-6 1.5zM8 4v10',
  plus: 'M8 3v10M3 8h10',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1 1.5H3zM7 14.2h2',
  bellOff: 'M4 11V7a4 4 0 0 1 8 0v4l1 1.5H3zM7 14.2h2M2.5 2.5l11 11',
  door: 'M9.5 2.5h-6v11h6M7 8h7M11.5 5.5L14 8l-2.5 2.5',
} as const;

/** Names of the icons. */
export type IconName = keyof typeof paths;

/** An icon beside a text that says the same. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true" focusable="false">
      <path d={paths[name]} stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
