import { createHash } from "node:crypto";
import { sep } from "node:path";
import { escapeHarmful, formatSafeJson } from "../diagnostics/text.ts";
import type { Annotation } from "./annotations.ts";
import { describeAnnotation, listAnnotations } from "./annotations.ts";
import type { Reporter } from "./reporter.ts";

/** GitLab has no word for undecided; `info` is what it has for what is no fault. */
const SEVERITIES = { error: "major", warning: "minor", undecided: "info", info: "info" } as const;

/**
 * GitLab's Code Quality report (docs.gitlab.com/ci/testing/code_quality), limited to what GitLab reads. GitLab
 * compares the fingerprints of two branches, so they stay the same when lines move, and differ within a report.
 */
export const gitlabReporter: Reporter = (report, _sources, options) => {
  const fingerprints = options.fingerprints?.();
  const seen = new Map<string, number>();
  const identify = (annotation: Annotation): string => {
    const { diagnostic, title } = annotation;
    const known = diagnostic && (diagnostic.fingerprint ?? fingerprints?.get(diagnostic));
    if (known !== undefined) return known;
    const text = JSON.stringify([title, diagnostic?.file, diagnostic?.message]);
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    return createHash("sha256").update(`${text} ${before}`).digest("hex").slice(0, 32);
  };
  const issues = listAnnotations(report, options).map((annotation) => ({
    description: describeAnnotation(annotation),
    check_name: escapeHarmful(annotation.code),
    fingerprint: identify(annotation),
    severity: SEVERITIES[annotation.label],
    location: {
      path: toRelativePath(annotation.file),
      lines: { begin: annotation.line ?? 1, end: annotation.endLine ?? annotation.line ?? 1 },
    },
  }));
  return `${formatSafeJson(issues)}\n`;
};

/** Relative to the repository's root, where the check has to run. */
const toRelativePath = (file = "request"): string =>
  escapeHarmful(file.split(sep).join("/").replace(/^\.\//, ""));
