import type { Catalogue } from './catalogue.ts';

/** What each letter is called, in the window and at its head. */
export const letterTitleSentences: Catalogue = {
  'letter.platform-notice': { zh: '致平台的通知（草稿）', en: 'Notice to a platform (draft)' },
  'letter.handler-request': { zh: '查阅、删除个人信息的请求（草稿）', en: 'Request for access and deletion (draft)' },
  'letter.police-statement': { zh: '情况说明（报案用草稿）', en: 'Account of facts for the police (draft)' },
  'letter.report-12377': { zh: '12377 举报内容（草稿）', en: 'Text for a report to 12377 (draft)' },
  'letter.hand-over': { zh: '移送材料（草稿）', en: 'Hand-over pack (draft)' },
  'letter.processing-record': {
    zh: '个人信息处理情况记录（草稿）',
    en: 'Record of processing of personal information (draft)',
  },
  'letter.preservation-list': { zh: '证据保全与公证准备清单', en: 'List for preservation and the notary' },
  'letter.take-it-down': {
    zh: 'TAKE IT DOWN 移除请求（草稿）',
    en: 'Removal request under the TAKE IT DOWN Act (draft)',
  },
};
