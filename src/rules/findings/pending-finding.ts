import type { Severity } from "../../diagnostics/codes.ts";
import type { Finding, Replacement } from "../../diagnostics/diagnostic.ts";
import type { Path } from "../../diagnostics/pointer.ts";
import { escapeHarmful, quoted } from "../../diagnostics/text.ts";
import type { Unknown } from "../../documents/document.ts";
import { PartialText } from "../../documents/partial.ts";
import { joinPartSources } from "../../documents/parts.ts";
import { trimToExisting } from "../items.ts";
import type { PlannedRule, RuleSubject } from "../planned-rule.ts";
import type { Template } from "../rule.ts";
import type { MissingFact, Result } from "../runtime/index.ts";
import { formatCelValue } from "../runtime/index.ts";
import { createReplacement } from "./replacement.ts";
import { explainUndecided, isGivenFact } from "./undecided.ts";

/** The reason for a finding. There is none if the rule holds or doesn't apply. */
export type RuleVerdict = { kind: "broken" } | Exclude<Result, { kind: "value" }>;

/** What a finding is made of. */
interface FindingSource {
  runner: PlannedRule;
  subject: RuleSubject;
  /** Undefined for the first of the rule's pointers that leads to something. */
  at: Path | undefined;
  verdict: RuleVerdict;
  /** The variables of the item that it is about. */
  item: unknown;
  index: unknown;
  /** What the rule left of its budget. */
  stepsLeft: number;
}

/**
 * A finding of a rule whose text and place aren't worked out yet: a program that only asks for the outcome doesn't need
 * them.
 */
export class PendingFinding {
  readonly #source: FindingSource;

  constructor(source: FindingSource) {
    this.#source = source;
  }

  get severity(): Severity {
    return this.#source.runner.severity;
  }

  get status(): "failed" | "undecided" {
    return this.#source.verdict.kind === "broken" ? "failed" : "undecided";
  }

  /** What it waits for, where that is facts alone. */
  get missingFacts(): readonly MissingFact[] | undefined {
    const { verdict } = this.#source;
    if (verdict.kind !== "unknown" || verdict.missing.length === 0) return undefined;
    return verdict.missing.every(isGivenFact) ? verdict.missing : undefined;
  }

  /** Whether it is undecided for what `isGiven` accepts alone. */
  waitsFor(isGiven: (fact: MissingFact) => boolean): boolean {
    const { verdict } = this.#source;
    return verdict.kind === "unknown" && verdict.missing.length > 0 && verdict.missing.every(isGiven);
  }

  toFinding(): Finding {
    const { runner, subject, at, verdict } = this.#source;
    const { rule, severity } = runner;
    const path = trimToExisting(subject.request, at ?? findPresent(runner.at, subject.request));
    switch (verdict.kind) {
      case "unknown": {
        // Written out, since spreading objects is slow, and most requests have several of these.
        const { message, help, missing } = explainUndecided(verdict.missing, subject.request);
        return { code: rule.id, path, severity, status: "undecided", message, help, missing };
      }
      case "failed": {
        const message = `this rule can't be evaluated: ${escapeHarmful(verdict.reason).slice(0, 200)}`;
        const help = `fix the rule in ${quoted(rule.file)}`;
        return { code: rule.id, path, severity, status: "undecided", message, help };
      }
      default: {
        const help = rule.help && this.#render(rule.help);
        const message = this.#render(rule.message);
        const replacement = this.#replace();
        return {
          code: rule.id,
          path,
          severity,
          status: "failed",
          message,
          ...(help !== undefined && { help }),
          ...(replacement && { replacement }),
        };
      }
    }
  }

  #replace(): Replacement | undefined {
    const { runner, subject, at, stepsLeft } = this.#source;
    const { fix } = runner.rule;
    if (!fix) return undefined;
    const { variables, request } = this.#prepare();
    const place = at ?? findPresent(runner.at, subject.request);
    return createReplacement(fix.program, { variables, budget: { left: stepsLeft } }, request, place);
  }

  /** Variables are shared by all rules of a request. */
  #prepare(): RuleSubject {
    const { runner, subject, item, index } = this.#source;
    Object.assign(subject.variables, { params: runner.params, item, index });
    return subject;
  }

  #render(template: Template): string {
    const { stepsLeft } = this.#source;
    const { variables, renameInText } = this.#prepare();
    return template
      .map((part) => {
        if (typeof part === "string") return renameInText(part);
        const result = part.program(variables, { left: Math.max(stepsLeft, 1000) });
        if (result.kind === "unknown" && result.partial)
          return formatRendered(formatPartial(result.partial), part.isFormatted);
        // Values from the payload must not reach a terminal unescaped.
        return result.kind === "value" ? formatRendered(formatCelValue(result.value), part.isFormatted) : "…";
      })
      .join("");
  }
}

/** The first of the pointers that leads to something, or the first. */
const findPresent = (pointers: PlannedRule["at"], request: unknown): Path =>
  pointers.find((path) => path.length > 0 && trimToExisting(request, path).length === path.length) ??
  pointers[0] ??
  [];

/** A text that an expression makes is no text of the file; its parts are. */
const formatPartial = (partial: Unknown): string =>
  partial instanceof PartialText ? joinPartSources(partial.parts) : partial.source;

/** Formats a value for a message. A value of the payload can't close the backticks that the message puts around it. */
const formatRendered = (text: string, isFormatted: boolean): string =>
  isFormatted ? escapeHarmful(text).slice(0, 500) : quoted(text).slice(1, -1);
