const outbox = '/administrator/outbox';

/** Addresses of the pages of those who run the service. */
export const adminPaths = {
  outbox: () => outbox,
  outboxPage: (page: number) => `${outbox}?page=${page}`,
  mail: (id: string) => `${outbox}/${id}`,
  mailHtml: (id: string) => `${outbox}/${id}/html`,
  approvals: () => '/administrator/approvals',
  approvalDocument: (id: string) => `/administrator/approvals/documents/${id}`,
  approval: (id: string) => `/administrator/approvals/${id}`,
};
