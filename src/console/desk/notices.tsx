import { useDeskState } from './desk-context.tsx';

/** Short notices at the foot of the page; they go by themselves. */
export function Notices() {
  const notices = useDeskState((state) => state.notices);
  return (
    <div className="notices" role="status" aria-live="polite">
      {notices.map((notice) => (
        <p key={notice.id} className={`notice notice-${notice.kind}`}>
          {notice.text}
        </p>
      ))}
    </div>
  );
}
