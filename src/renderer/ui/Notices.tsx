import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { dismissNotice, useNotices } from '../data/notices.ts';
import type { Notice } from '../data/notices.ts';
import { IconButton } from './Button.tsx';
import styles from './ui.module.css';

const shownFor = 6000;
const edges = { ok: styles.noticeOk, info: '', bad: styles.noticeBad };

/** The messages in the corner and the live region for readers of the screen. */
export function Notices(): ReactNode {
  const notices = useNotices((state) => state.notices);
  const announcement = useNotices((state) => state.announcement);
  return (
    <>
      <div className={styles.notices} role="region" aria-label="Messages">
        {notices.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} />
        ))}
      </div>
      <div className="visually-hidden" role="status" aria-live="polite">
        <span key={announcement.count}>{announcement.text}</span>
      </div>
    </>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }): ReactNode {
  const passing = notice.tone !== 'bad';
  useEffect(() => {
    if (!passing) return undefined;
    const timer = setTimeout(() => dismissNotice(notice.id), shownFor);
    return () => clearTimeout(timer);
  }, [notice.id, passing]);
  return (
    <div className={`${styles.notice} ${edges[notice.tone]}`} role={passing ? 'status' : 'alert'}>
      <div>
        <p>{notice.message}</p>
        {notice.hint === undefined ? null : <p>{notice.hint}</p>}
      </div>
      <IconButton label="Dismiss" icon={<IconX size={14} />} onClick={() => dismissNotice(notice.id)} />
    </div>
  );
}
