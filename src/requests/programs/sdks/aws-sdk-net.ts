import type { ProgramFindings } from "../findings.ts";
import { capitalized } from "../model/conform.ts";
import type { CallExpression, MemberNode, ProgramNode } from "../model/node.ts";
import { lastName } from "../model/node.ts";
import { nameOf } from "../operations.ts";
import type { SourceProgram } from "../program.ts";
import type { ClientMakers } from "./clients.ts";
import { clientService } from "./clients.ts";
import { importedAs } from "./imports.ts";
import type { InputSdk } from "./inputs.ts";
import { addInput } from "./inputs.ts";
import { findPassedInputs } from "./passed-inputs.ts";

/** Requests of the AWS SDK for .NET, where they are made: `new CreateDataRepositoryTaskRequest { … }`. */
export function findNetSdkCalls(program: SourceProgram, found: ProgramFindings): void {
  const sent = new Set<ProgramNode>();
  for (const input of program.scopes.calls) {
    if (!input.isNew) continue;
    const operation = operationOfAny(input, program);
    const [service] = operation?.split(":") ?? [];
    if (operation && CUSTOMIZED.has(service!))
      found.skip(
        input.span,
        "members of this service have names of their own in the SDK for .NET",
        operation,
      );
    else if (operation)
      addInput({ input, whole: input, sent }, operation, { ...netSdk(program), program, found });
  }
  findPassedInputs(program, found, {
    operationOf: (method) => operationOfName(method, program),
    isInput: (call) => call.isNew && operationOfAny(call, program) !== undefined,
    inputsOf: ({ args }) => args.slice(0, 1).filter((arg) => !isMatcher(arg)),
  });
}

const operationOfAny = (input: CallExpression, program: SourceProgram): string | undefined =>
  operationOfType(input.callee, program) ?? operationOfCall(input, program);

/** The operation of a method, of a service whose namespace the program uses. */
function operationOfName(method: string, program: SourceProgram): string | undefined {
  const name = method.replace(/Async$/, "");
  if (program.operations.named(name).length === 0) return undefined;
  const services = servicesOf(program.scopes.imports.map(({ module }) => module));
  const operation = program.operations.findOnly(services, name);
  return operation !== undefined && nameOf(operation) === name ? operation : undefined;
}

/** `It.IsAny<…>()`, `Arg.Any<…>()`: what a double is given. */
const isMatcher = (node: ProgramNode): boolean =>
  node.kind === "call" &&
  node.callee.kind === "member" &&
  ["It", "Arg", "A"].includes(lastName(node.callee.of) ?? "");

/** Services whose members have names of their own in this SDK. */
const CUSTOMIZED = new Set(["s3"]);

/** By the type's name, and the namespaces that it may come from. */
function operationOfType(type: ProgramNode, program: SourceProgram): string | undefined {
  const { name, services } = resolveType(type, program);
  const action = /^(\w+)Request$/.exec(name)?.[1];
  if (action === undefined) return undefined;
  const operations = services.flatMap((service) => program.operations.find(service, action) ?? []);
  const [operation, ...others] = new Set(operations.filter((each) => nameOf(each) === action));
  return others.length === 0 ? operation : undefined;
}

/** `client.CreateDataRepositoryTaskAsync(new() { … })`: the method says the type. */
function operationOfCall(input: CallExpression, program: SourceProgram): string | undefined {
  const { callee, parent } = input;
  if (callee.kind !== "name" || callee.name !== "" || parent?.kind !== "call" || parent.args[0] !== input)
    return undefined;
  const method = parent.callee;
  return method.kind === "member" ? operationOfMethod(method, program) : undefined;
}

function operationOfMethod(method: MemberNode, program: SourceProgram): string | undefined {
  const name = method.name.replace(/Async$/, "");
  const named = program.operations.named(name).filter((operation) => nameOf(operation) === name);
  if (named.length === 0) return undefined;
  const service = clientService(method.of, program, clientsOf(program));
  return service === undefined ? undefined : program.operations.ofService(named, service);
}

const NAMESPACE = /^Amazon\.(\w+)(?:\.Model)?$/;

/** The last name of a type, and the services whose namespaces may have it. */
function resolveType(type: ProgramNode, program: SourceProgram): { name: string; services: string[] } {
  if (type.kind !== "name") return { name: "", services: [] };
  const dot = type.name.lastIndexOf(".");
  if (dot >= 0) return { name: type.name.slice(dot + 1), services: servicesOf([type.name.slice(0, dot)]) };
  const imported = importedAs(type, program);
  if (imported) return { name: imported.name ?? "", services: servicesOf([imported.module]) };
  // The program's own type comes first.
  if (program.scopes.bindings(type).length > 0) return { name: type.name, services: [] };
  const stars = program.scopes.imports.filter(({ imported: all }) => all === "*");
  return { name: type.name, services: servicesOf(stars.map(({ module }) => module)) };
}

const servicesOf = (namespaces: readonly string[]): string[] =>
  namespaces.flatMap((namespace) => NAMESPACE.exec(namespace.replace(/^global::/, ""))?.[1] ?? []);

const clientsOf = (program: SourceProgram): ClientMakers => ({
  made: (node) =>
    node.kind === "call" && node.isNew && node.callee.kind === "name"
      ? serviceOfClient(node.callee.name, program)
      : undefined,
  typed: (annotation) => serviceOfClient(annotation, program),
});

/** `AmazonFSxClient`, `IAmazonFSx`. */
function serviceOfClient(type: string, program: SourceProgram): string | undefined {
  const name = type.split(".").at(-1)!;
  const service = /^(?:IAmazon(\w+)|Amazon(\w+)Client)$/
    .exec(name)
    ?.slice(1)
    .find((each) => each !== undefined);
  return service !== undefined && program.operations.names.hasService(service) ? service : undefined;
}

/** Properties have the members' names, with a capital letter; enumerations are classes of constants. */
const netSdk = (program: SourceProgram): InputSdk => ({
  container: "aws-sdk-net",
  style: {
    spell: capitalized,
    foldsCase: true,
    apiName: (name, members) => members.find((member) => capitalized(member) === name),
    isEnumeration: ({ of }) => resolveType(of, program).services.length > 0,
  },
  suffixes: ["", "Async"],
});
