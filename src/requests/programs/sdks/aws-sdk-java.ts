import type { ProgramFindings } from "../findings.ts";
import { builtInSteps, lambdaValue, wholeChain } from "../languages/java-builders.ts";
import type { SdkStyle } from "../model/conform.ts";
import type { CallExpression, MemberNode, ProgramNode } from "../model/node.ts";
import { lastName } from "../model/node.ts";
import type { ProgramValue } from "../model/value.ts";
import { nameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import type { ClientMakers } from "./clients.ts";
import { clientService } from "./clients.ts";
import { importedAs } from "./imports.ts";
import { requestsOfKept } from "./kept-builders.ts";
import { rebuiltMembers, withLaterSets } from "./later-sets.ts";
import { findPassedInputs } from "./passed-inputs.ts";

const MODEL = /^software\.amazon\.awssdk\.services\.(\w+)\.model$/;

/** Requests of the AWS SDK for Java 2: builders of requests, and lambdas that are given one. */
export function findJavaSdkCalls(program: SourceProgram, found: ProgramFindings): void {
  for (const call of program.scopes.calls) {
    const { callee } = call;
    if (callee.kind !== "member") continue;
    if (callee.name === "builder") addBuilder(call, callee.of, program, found);
    else addLambda(call, callee, program, found);
  }
  findPassedInputs(program, found, {
    operationOf: (method) => operationOfMethod(method, program),
    isInput: ({ callee }) =>
      callee.kind === "member" &&
      callee.name === "builder" &&
      operationOfRequest(callee.of, program) !== undefined,
    inputsOf: ({ args: [first, ...others], callee }) =>
      first && others.length === 0 && !operationOfLambda(first, callee, program) ? [first] : [],
  });
}

/** A client's method, or the one that reads page by page. */
function operationOfMethod(method: string, program: SourceProgram): string | undefined {
  const name = method.replace(/Paginator$/, "");
  if (program.operations.named(name).length === 0) return undefined;
  const services = program.scopes.imports.flatMap(({ module }) => PACKAGE.exec(module)?.[1] ?? []);
  const operation = program.operations.findOnly(services, name);
  return operation !== undefined && spell(nameOf(operation)) === name ? operation : undefined;
}

const PACKAGE = /^software\.amazon\.awssdk\.services\.(\w+)/;

/** `CreateDataRepositoryTaskRequest.builder()…build()`. */
function addBuilder(
  builder: CallExpression,
  type: ProgramNode,
  program: SourceProgram,
  found: ProgramFindings,
): void {
  const operation = operationOfRequest(type, program);
  const node = wholeChain(builder);
  if (operation === undefined || isWaitedFor(node)) return;
  const kept = lastName(node.callee) === "build" ? undefined : requestsOfKept(node, program);
  for (const { end, steps } of kept ?? []) {
    const payload = asSent(builtInSteps(steps, end, program.evaluator(end)), end, operation, program);
    found.add({
      operation,
      container: "aws-sdk-java",
      node: end,
      named: type.span,
      payload,
      style: styleOf(program),
    });
  }
  if (kept) {
    found.see(node.span);
    return;
  }
  const known = program.evaluator(node).valueOf(node);
  const payload = asSent(known, node, operation, program);
  found.add({
    operation,
    container: "aws-sdk-java",
    node,
    named: type.span,
    payload,
    style: styleOf(program),
  });
}

/** What is known of a request where it isn't an argument of its call: it may be built again. */
function asSent(
  known: ProgramValue,
  { parent }: ProgramNode,
  operation: string,
  program: SourceProgram,
): ProgramValue {
  const isSent = parent?.kind === "call" && lastName(parent.callee) === spell(nameOf(operation));
  return isSent ? known : withLaterSets(known, operation, program, rebuiltMembers(program));
}

/** `CreateDataRepositoryTaskRequest`. */
function operationOfRequest(type: ProgramNode, program: SourceProgram): string | undefined {
  if (type.kind !== "name" || !type.name.endsWith("Request")) return undefined;
  const name = type.name.slice(0, -"Request".length);
  return program.operations.findOnly(servicesOf(type, program), name);
}

/** `waiter.waitUntilTaskExists(request)`: a waiter asks again and again, and is no request of its own. */
const isWaitedFor = ({ parent }: ProgramNode): boolean =>
  parent?.kind === "call" && /^waitUntil[A-Z]/.test(lastName(parent.callee) ?? "");

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
  const operation = operationOfLambda(lambda, method, program);
  if (operation === undefined) return;
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

/** The operation of a client's method that is given a lambda. */
function operationOfLambda(
  lambda: ProgramNode,
  method: ProgramNode,
  program: SourceProgram,
): string | undefined {
  if (lambda.kind !== "scope" || method.kind !== "member") return undefined;
  const service = clientService(method.of, program, CLIENTS);
  const operation = service === undefined ? undefined : program.operations.find(service, method.name);
  const isNamed = operation !== undefined && nameOf(operation).toLowerCase() === method.name.toLowerCase();
  return isNamed ? operation : undefined;
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

/** Methods have the names of members and operations, whose acronyms at the beginning are in small letters. */
const spell = (name: string): string =>
  name.replace(/^(?:[A-Z]+(?=[A-Z][a-z])|[A-Z]+(?![A-Za-z])|[A-Z])/, (head) => head.toLowerCase());

/** Setters have the members' names. */
const styleOf = (program: SourceProgram): SdkStyle => ({
  spell,
  apiName: (name, members) => {
    const [member, ...others] = members.filter((each) => each.toLowerCase() === name.toLowerCase());
    return others.length === 0 ? member : undefined;
  },
  isEnumeration: ({ of }) => servicesOf(of, program).length > 0,
  takesItems: true,
});
