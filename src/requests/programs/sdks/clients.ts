import type { AssignNode, CallExpression, NameNode, ProgramNode, ScopeNode } from "../model/node.ts";
import { enclosing, lastName } from "../model/node.ts";
import type { SourceProgram } from "../program.ts";

/** The service that an expression makes a client of; undefined for any other expression. */
export type ServiceOf = (node: ProgramNode) => string | undefined;

/** How an SDK makes clients, and what types it gives them. */
export interface ClientMakers {
  made: ServiceOf;
  /** The service of a client's type, which may be written beside a name: `FSxClient`. */
  typed(annotation: string): string | undefined;
}

/** As many names and functions may stand between a client and a call of it. */
const MAX_STEPS = 8;

/** The service that a receiver of a method is a client of, as far as it is written down. */
export function clientService(
  receiver: ProgramNode,
  program: SourceProgram,
  makers: ClientMakers,
  steps = MAX_STEPS,
): string | undefined {
  if (steps === 0) return undefined;
  const follow = (node: ProgramNode) => clientService(node, program, makers, steps - 1);
  const made = makers.made(receiver);
  if (made !== undefined) return made;
  if (receiver.kind === "name") return ofName(receiver, program, makers, follow);
  if (receiver.kind === "member") return ofField(receiver, program, makers, follow);
  if (receiver.kind === "call") return ofFunction(receiver, program, follow);
  return undefined;
}

/** The same, of a service that has operations here. */
export function knownService(
  receiver: ProgramNode,
  program: SourceProgram,
  makers: ClientMakers,
): string | undefined {
  const service = clientService(receiver, program, makers);
  return service !== undefined && program.operations.names.hasService(service) ? service : undefined;
}

/** Every value that a name is given must be a client of the same service; none at all doesn't count. */
function ofName(
  name: NameNode,
  program: SourceProgram,
  makers: ClientMakers,
  follow: ServiceOf,
): string | undefined {
  const bindings = program.scopes.bindings(name);
  const services = bindings
    .filter(({ value }) => !isNothing(value))
    .map(({ by, value }) => serviceOfAssign(by.kind === "assign" ? by : undefined, value, makers, follow));
  return agreed(services);
}

function serviceOfAssign(
  assign: AssignNode | undefined,
  value: ProgramNode | undefined,
  makers: ClientMakers,
  follow: ServiceOf,
): string | undefined {
  const typed = assign?.annotation === undefined ? undefined : makers.typed(assign.annotation);
  return typed ?? (value && follow(value));
}

const isClass = (node: ProgramNode): node is ScopeNode => node.kind === "scope" && node.what === "class";

/** `self.fsx`, `this.fsx`: what the class gives it, wherever in the class. */
function ofField(
  member: ProgramNode & { kind: "member" },
  program: SourceProgram,
  makers: ClientMakers,
  follow: ServiceOf,
): string | undefined {
  const { of, name } = member;
  if (of.kind !== "name" || !["self", "this", "cls"].includes(of.name)) return undefined;
  const outer = enclosing(member, isClass);
  const given = program.scopes
    .assignsTo(name)
    .filter((assign) => isFieldOf(assign.target, name) && enclosing(assign, isClass) === outer);
  const services = given
    .filter(({ value }) => !isNothing(value))
    .map((assign) => serviceOfAssign(assign, assign.value, makers, follow));
  return agreed(services);
}

/** `self.fsx = …`, or `fsx = …` in the class itself. */
const isFieldOf = (target: ProgramNode, name: string): boolean =>
  lastName(target) === name &&
  (target.kind === "member"
    ? target.of.kind === "name" && ["self", "this", "cls"].includes(target.of.name)
    : target.parent?.parent !== undefined && enclosing(target.parent, isAnyScope)?.what === "class");

const isAnyScope = (node: ProgramNode): node is ScopeNode => node.kind === "scope";

/** A function of the program that returns clients of one service and nothing else. */
function ofFunction(call: CallExpression, program: SourceProgram, follow: ServiceOf): string | undefined {
  const { callee } = call;
  const definition = callee.kind === "name" ? definitionOf(callee, program) : undefined;
  if (!definition) return undefined;
  const returns = returnsIn(definition);
  return agreed(returns.map((value) => value && follow(value)));
}

function definitionOf(name: NameNode, program: SourceProgram): ScopeNode | undefined {
  const [binding, ...more] = program.scopes.bindings(name);
  const value = binding?.value;
  return more.length === 0 && value?.kind === "scope" && value.what === "function" ? value : undefined;
}

/** What a function returns, wherever in it. */
export function returnsIn(scope: ScopeNode): (ProgramNode | undefined)[] {
  const returns: (ProgramNode | undefined)[] = [];
  const waiting: ProgramNode[] = [...scope.children];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.kind === "return") returns.push(next.value);
    else if (next.kind === "flow" || next.kind === "other") waiting.push(...next.children);
    else if (next.kind === "scope" && next.what === "block") waiting.push(...next.children);
  }
  return returns;
}

const isNothing = (value: ProgramNode | undefined): boolean =>
  value?.kind === "literal" && (value.value === null || value.value === undefined);

function agreed(services: readonly (string | undefined)[]): string | undefined {
  const [first] = services;
  return services.every((service) => service === first) ? first : undefined;
}
