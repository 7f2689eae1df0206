const outbox = '/administrator/outbox';

/** Addresses of the pages of those who run the service. */
export const adminPaths = {
  outbox: () => outbox,
  outboxPage: (page: number) => `${outbox}?page=${page}`,
  mail: (id: string) => `${outbox}/${id}`,
  mailHtml: (id: string) => `${outbox}/${id}/html`,
  tagRules: () => '/administrator/tag-rules',
  acceptTagRule: (id: string) => `/administrator/tag-rules/${id}/acceptance`,
  endTagRule: (id: string) => `/administrator/tag-rules/${id}/end`,
  approvals: () => '/administrator/approvals',
  approvalDocument: (id: string) => `/administrator/approvals/documents/${id}`,
  approval: (id: string) => `/administrator/approvals/${id}`,
};
