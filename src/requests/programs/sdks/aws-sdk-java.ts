import type { ProgramFindings } from "../findings.ts";
import { lambdaValue, wholeChain } from "../languages/java-builders.ts";
import type { SdkStyle } from "../model/conform.ts";
import type { CallExpression, MemberNode, ProgramNode } from "../model/node.ts";
import { lastName } from "../model/node.ts";
import { nameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import type { ClientMakers } from "./clients.ts";
import { clientService } from "./clients.ts";
import { importedAs } from "./imports.ts";
import { rebuiltMembers, withLaterSets } from "./later-sets.ts";

const MODEL = /^software\.amazon\.awssdk\.services\.(\w+)\.model$/;

/** Requests of the AWS SDK for Java 2: builders of requests, and lambdas that are given one. */
export function findJavaSdkCalls(program: SourceProgram, found: ProgramFindings): void {
  for (const call of program.scopes.calls) {
    const { callee } = call;
    if (callee.kind !== "member") continue;
    if (callee.name === "builder") addBuilder(call, callee.of, program, found);
    else addLambda(call, callee, program, found);
  }
}

/** `CreateDataRepositoryTaskRequest.builder()…build()`. */
function addBuilder(
  builder: CallExpression,
  type: ProgramNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  if (type.kind !== "name" || !type.name.endsWith("Request")) return;
  const name = type.name.slice(0, -"Request".length);
  const operations = servicesOf(type, program).flatMap(
    (service) => program.operations.find(service, name) ?? [],
  );
  const [operation, ...others] = new Set(operations);
  if (operation === undefined || others.length > 0) return;
  const node = wholeChain(builder);
  const known = program.evaluator(node).valueOf(node);
  const isSent =
    node.parent?.kind === "call" && lastName(node.parent.callee)?.toLowerCase() === name.toLowerCase();
  const payload = isSent ? known : withLaterSets(known, operation, program, rebuiltMembers(program));
  found.add({
    operation,
    container: "aws-sdk-java",
    node,
    named: type.span,
    payload,
    style: styleOf(program),
  });
}

/** The services whose packages a type may come from. */
function servicesOf(type: ProgramNode, program: SourceProgram): string[] {
  const imported = importedAs(type, program);
  const modules = imported
    ? [imported.module]
    : program.scopes.imports.filter((each) => each.imported === "*").map(({ module }) => module);
  return modules.flatMap((module) => MODEL.exec(module)?.[1] ?? []);
}

/** `fsx.createDataRepositoryTask(r -> r.fileSystemId(…))`, where the type of `fsx` is written down. */
function addLambda(
  call: CallExpression,
  method: MemberNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const [lambda, ...others] = call.args;
  if (lambda?.kind !== "scope" || others.length > 0 || program.operations.named(method.name).length === 0)
    return;
  const service = clientService(method.of, program, CLIENTS);
  const operation = service === undefined ? undefined : program.operations.find(service, method.name);
  if (operation === undefined || nameOf(operation).toLowerCase() !== method.name.toLowerCase()) return;
  const evaluator = program.evaluator(call);
  const payload = lambdaValue(lambda, evaluator) ?? evaluator.hole(lambda.span);
  found.add({
    operation,
    container: "aws-sdk-java",
    node: call,
    named: method.nameSpan,
    payload,
    style: styleOf(program),
  });
}

const CLIENT = /^(\w+?)(?:Async)?Client$/;

const CLIENTS: ClientMakers = {
  // `FsxClient.create()`, `FsxClient.builder()…build()`.
  made: (node) => {
    let base = node;
    while (base.kind === "call" && base.callee.kind === "member") base = base.callee.of;
    return base !== node && base.kind === "name" ? CLIENT.exec(base.name)?.[1] : undefined;
  },
  typed: (annotation) => CLIENT.exec(annotation)?.[1],
};

/** Setters have the members' names; their acronyms are in small letters. */
const styleOf = (program: SourceProgram): SdkStyle => ({
  spell: (member) => member.replace(/^(?:[A-Z]+(?=[A-Z][a-z])|[A-Z]+$|[A-Z])/, (head) => head.toLowerCase()),
  apiName: (name, members) => {
    const [member, ...others] = members.filter((each) => each.toLowerCase() === name.toLowerCase());
    return others.length === 0 ? member : undefined;
  },
  isEnumeration: ({ of }) => servicesOf(of, program).length > 0,
  takesItems: true,
});
