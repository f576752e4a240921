import type { ReportedRequest } from "../../diagnostics/report.ts";
import type { LocatedRequest } from "../../requests/find.ts";
import { toReportedAnswer } from "../../requests/trail/recorded-call.ts";
import { mayDeleteData } from "./deletions.ts";

/** What a report says of a call beside its outcome. */
export const listCallFacts = (
  request: LocatedRequest,
): Pick<ReportedRequest, "eventId" | "aws" | "deletes"> => ({
  ...toReportedAnswer(request),
  ...(mayDeleteData(request.operation, request.payload) && { deletes: true }),
});
