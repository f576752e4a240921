import type { Span } from "../../diagnostics/lines.ts";
import type { ParsedText } from "../../documents/document.ts";
import type { EmbeddedText } from "../../documents/embedded.ts";
import type { ShapeStore } from "../aws-cli/operations.ts";
import type { Use } from "./model/constants.ts";
import { ConstantFinder } from "./model/constants.ts";
import { isDescribingConstruct, namesCdk } from "./model/constructs.ts";
import type { KnownCall } from "./model/evaluator.ts";
import { Evaluator } from "./model/evaluator.ts";
import type { MentionRules } from "./model/mentions.ts";
import type { CallExpression, ProgramNode, ScopeNode } from "./model/node.ts";
import { positional } from "./model/node.ts";
import { Scopes } from "./model/scopes.ts";
import type { ProgramOperations } from "./operations.ts";
import { programOperations } from "./operations.ts";
import type { Overrides } from "./terraform-overrides.ts";
import type { TreeNode } from "./tree/syntax-tree.ts";

/** How the programs of a language are understood. */
export interface LanguageRules {
  /** As messages and reports call it. */
  name: string;
  /** The text as the grammar reads it, with every character in its place. */
  prepared?(text: string): string;
  /** What its syntax trees say. */
  read(root: TreeNode, text: string): ScopeNode;
  /** The functions of a class don't see its names. */
  hidesClasses: boolean;
  mentions: MentionRules;
  knownCall: KnownCall;
  /** Methods of clients take an object. */
  takesObjects?: boolean;
  /** What files beside it change in a file. */
  overridesBeside?(path: string): Overrides;
}

/** The file that a program stands in. */
export interface ProgramFile {
  path: string;
  text: string;
  schemas: ShapeStore;
  /** Loaded only for what may hold YAML of its own: documents of Systems Manager. */
  parseYaml?: (text: string) => ParsedText;
}

/** Ruby's comment that keeps texts from being changed, but those that are put together. */
const FREEZES_TEXTS = /^# *(?:-\*- *)?frozen[_-]string[_-]literal: *true/im;

/** A program, read. */
export class SourceProgram {
  readonly language: LanguageRules;
  readonly file: ProgramFile;
  readonly text: string;
  /** Where the text stands in its file. */
  readonly within: EmbeddedText;
  readonly root: ScopeNode;
  readonly scopes: Scopes;
  readonly comments: readonly Span[];
  readonly operations: ProgramOperations;
  readonly overrides: Overrides | undefined;
  readonly #constants: ConstantFinder;

  constructor(
    language: LanguageRules,
    within: EmbeddedText,
    { root, comments }: { root: TreeNode; comments: readonly Span[] },
    file: ProgramFile,
  ) {
    this.file = file;
    this.language = language;
    this.within = within;
    this.text = within.text;
    this.root = language.read(root, within.text);
    this.comments = comments;
    this.operations = programOperations(file.schemas);
    this.scopes = new Scopes(this.root, language);
    const { mentions } = language;
    const overrides = language.overridesBeside?.(file.path);
    this.overrides = overrides;
    const usesCdk = namesCdk(within.text);
    this.#constants = new ConstantFinder(this.scopes, {
      ...mentions,
      ...(overrides && { isGivenElsewhere: (name) => overrides.changesLocal(name.replace(/^local\./, "")) }),
      ...(mentions.textsChange && FREEZES_TEXTS.test(within.text) && { textsChange: "templates" as const }),
      isHarmlessCall: (call) =>
        mentions.isHarmlessCall(call) || this.#isRequest(call) || (usesCdk && isDescribingConstruct(call)),
    });
  }

  /** What is known of values where they are used. */
  evaluator(node: ProgramNode, use: Omit<Use, "node"> = {}): Evaluator {
    return new Evaluator(this.text, this.#constants, this.language.knownCall, { ...use, node });
  }

  sourceOf({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  /** Calls of AWS leave alone what they are given; in Python they take no positional arguments. */
  #isRequest(call: CallExpression): boolean {
    const { callee } = call;
    const { mentions, takesObjects } = this.language;
    const isMethod =
      callee.kind === "member" && this.operations.named(callee.name.replace(/Async$/, "")).length > 0;
    return isMethod && (mentions.membersAreKeys || takesObjects || positional(call).length === 0);
  }
}
