/** Output options of commands that write a report. */
export interface ReportFlags {
  format: readonly string[];
  output?: string;
  show?: "all" | "findings" | "undecided" | "none";
  max?: number;
  quiet?: boolean;
  /** The file that keeps counts by rule. */
  trend?: string;
}

export type ViewFlags = Pick<ReportFlags, "show" | "max" | "quiet">;

/** What formats for people show: what the user said, and nothing of what wasn't said. */
export const toView = ({
  show,
  max,
  quiet,
}: { [Name in keyof ViewFlags]: ViewFlags[Name] | undefined }): ViewFlags => ({
  ...(show !== undefined && { show }),
  ...(max !== undefined && { max }),
  ...(quiet !== undefined && { quiet }),
});
