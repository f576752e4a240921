import { Unknown } from "../../../documents/document.ts";
import { OpenObject } from "../../../documents/partial.ts";
import type { ProgramFindings } from "../findings.ts";
import type { DescribingConstruct } from "../model/constructs.ts";
import type { CallExpression, ProgramNode } from "../model/node.ts";
import { lastName, positional } from "../model/node.ts";
import type { ProgramValue } from "../model/value.ts";
import { objectValue, withMembers } from "../model/value.ts";
import type { SourceProgram } from "../program.ts";
import type { ProgramTemplate } from "../template.ts";
import { madeText, resourceTemplate, stateTemplate } from "../template.ts";

/** What constructs of the CDK describe: calls of state machines, of schedules, and of custom resources. */
export function findConstructs(program: SourceProgram, found: ProgramFindings): void {
  for (const call of program.scopes.calls) {
    const name = constructOf(call.callee);
    const describe = isConstruct(name) ? CONSTRUCTS[name] : undefined;
    const properties = describe && propertiesOf(call, program);
    const language = /^jsonata$/i.test(lastName(call.callee) ?? "") ? "JSONata" : "JSONPath";
    const template = properties && describe(properties, language);
    if (template && isOverridden(call, program))
      found.skip(call.span, `this \`${name}\` is changed after it is made: what it calls is not known`);
    else if (template === "open")
      found.skip(call.span, `which operation this \`${name}\` calls, only the run knows`);
    else if (template) found.addTemplate(template, call);
  }
}

/** `CallAwsService`, or `CallAwsService.jsonPath`, which makes the same. */
function constructOf(callee: ProgramNode): string {
  const name = lastName(callee) ?? "";
  const isMaker = callee.kind === "member" && /^json(?:_?path|ata)$/i.test(name);
  return isMaker ? (lastName(callee.of) ?? "") : name;
}

/** `construct.addPropertyOverride(…)`, `construct.target = …`. */
function isOverridden({ parent }: CallExpression, program: SourceProgram): boolean {
  if (parent?.kind !== "assign" || parent.target.kind !== "name") return false;
  return program.scopes.mentions(parent.target).some(({ parent: use }) => {
    if (use?.kind !== "member") return false;
    return OVERRIDE.test(use.name) || (use.parent?.kind === "assign" && use.parent.target === use);
  });
}

const OVERRIDE = /^add_?(?:property_?)?(?:deletion_?)?override$/i;

/** The last positional argument in TypeScript, arguments by name in Python. */
function propertiesOf(call: CallExpression, program: SourceProgram): ProgramValue | undefined {
  // Much of it is looked at when the whole app has been built.
  const evaluator = program.evaluator(call, { isKept: true });
  if (call.args.some(({ kind }) => kind === "argument"))
    return inCamelCase(evaluator.objectOf(call.args, { span: call.span, overrides: false }));
  const last: ProgramNode | undefined = positional(call).at(-1);
  const value = last && evaluator.valueOf(last);
  return value && { ...value, span: call.span };
}

type Describe = (properties: ProgramValue, language: QueryLanguage) => ProgramTemplate | "open" | undefined;

const CONSTRUCTS: Readonly<Record<DescribingConstruct, Describe>> = {
  CallAwsService: serviceCall,
  CallAwsServiceCrossRegion: serviceCall,
  AwsApi: (properties) => customResource(objectValue({ onCreate: properties }, properties.span)),
  AwsCustomResource: (properties) => customResource(properties),
  Universal: (properties) => universalTarget(properties),
  CfnSchedule: (properties) => schedule(properties.members?.get("target")),
  CfnStateMachine: (properties) => machine(properties, ["definitionString", "definition"]),
  StateMachine: (properties) => machine(properties, ["definitionBody"]),
  CustomState: (properties) => customState(properties),
  CfnDocument: (properties) => described("aws_ssm_document", properties, "content"),
  CfnResource: (properties) => anyResource(properties),
};

type QueryLanguage = "JSONPath" | "JSONata";

const isConstruct = (name: string): name is DescribingConstruct => Object.hasOwn(CONSTRUCTS, name);

function serviceCall(
  properties: ProgramValue,
  language: QueryLanguage,
): ProgramTemplate | "open" | undefined {
  const { span } = properties;
  const [service, action] = [memberOf(properties, "service"), memberOf(properties, "action")];
  if (!service || !action) return undefined;
  if (!isText(service) || !isText(action)) return "open";
  const arn = `arn:aws:states:::aws-sdk:${service.value}:${action.value}`;
  const parameters = memberOf(properties, "parameters") ?? objectValue({}, span);
  const state = { Type: madeText("Task", span), Resource: madeText(arn, action.span) };
  return stateTemplate(
    objectValue(
      language === "JSONata"
        ? { ...state, QueryLanguage: madeText(language, span), Arguments: parameters }
        : { ...state, Parameters: parameters },
      span,
    ),
  );
}

/** The calls that it makes when the stack comes, changes and goes. */
function customResource(properties: ProgramValue): ProgramTemplate | "open" | undefined {
  const events = { Create: "onCreate", Update: "onUpdate", Delete: "onDelete" };
  const calls = Object.entries(events).flatMap(([event, name]) => {
    const call = memberOf(properties, name);
    return call ? [[event, inCamelCase(call)] as const] : [];
  });
  if (calls.some(([, { value }]) => value instanceof Unknown)) return "open";
  return resourceTemplate("Custom::AWS", objectValue(Object.fromEntries(calls), properties.span));
}

function universalTarget(properties: ProgramValue): ProgramTemplate | "open" | undefined {
  const [service, action, input] = ["service", "action", "input"].map((name) => memberOf(properties, name));
  if (!service || !action) return undefined;
  if (!isText(service) || !isText(action)) return "open";
  const arn = madeText(`arn:aws:scheduler:::aws-sdk:${service.value}:${action.value}`, action.span);
  return schedule(objectValue({ arn, ...(input && { input }) }, properties.span));
}

function schedule(target: ProgramValue | undefined): ProgramTemplate | undefined {
  const given = target && inCamelCase(target).members;
  if (!given) return undefined;
  const { roleArn, ...members } = Object.fromEntries(given);
  const named = objectValue({ ...members, ...(roleArn && { role_arn: roleArn }) }, target.span);
  return resourceTemplate("aws_scheduler_schedule", objectValue({ target: named }, target.span));
}

function machine({ span, members }: ProgramValue, names: readonly string[]): ProgramTemplate | undefined {
  const definition = names.map((name) => members?.get(name)).find((member) => member !== undefined);
  return definition && resourceTemplate("aws_sfn_state_machine", objectValue({ definition }, span));
}

const customState = ({ members }: ProgramValue): ProgramTemplate | undefined => {
  const state = members?.get("stateJson");
  return state?.members && stateTemplate(state);
};

function described(type: string, { span, members }: ProgramValue, name: string): ProgramTemplate | undefined {
  const content = members?.get(name);
  return content && resourceTemplate(type, objectValue({ [name]: content }, span));
}

function anyResource({ members }: ProgramValue): ProgramTemplate | undefined {
  const [type, properties] = [members?.get("type"), members?.get("properties")];
  return type && properties && isText(type) ? resourceTemplate(type.value, properties) : undefined;
}

const isText = (placed: ProgramValue): placed is ProgramValue & { value: string } =>
  typeof placed.value === "string";

/** A member that may be there counts as one that isn't known. */
function memberOf({ value, span, members }: ProgramValue, name: string): ProgramValue | undefined {
  const member = members?.get(name);
  const isOpen = value instanceof OpenObject && (member ? value.optional.has(name) : value.mayHaveMore);
  return isOpen ? { value: new Unknown(value.source), span: member?.span ?? span } : member;
}

/** `on_create` is called `onCreate` in all other languages. */
function inCamelCase(placed: ProgramValue): ProgramValue {
  const camel = (name: string): string =>
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const { members, value } = placed;
  const optional = value instanceof OpenObject ? [...value.optional].map(camel) : [];
  const renamed = [...(members ?? [])].map(([name, member]) => [camel(name), member] as const);
  return members ? withMembers(placed, new Map(renamed), new Set(optional)) : placed;
}
