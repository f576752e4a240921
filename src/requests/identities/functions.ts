import { posix } from "node:path";
import { Unknown } from "../../documents/document.ts";
import { PartialText } from "../../documents/partial.ts";
import { getTextParts } from "../../documents/parts.ts";
import { isObject } from "../request.ts";
import type { DocumentPart } from "../templates/part.ts";
import { resolveIntrinsics } from "../templates/resolve.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { textFromSegments, toTextParts } from "../templates/segments.ts";

/** A function of Lambda whose code is in files beside its template. */
export interface TemplateFunction {
  /** The role that its code has. */
  role: string | Unknown;
  /** Where the module of its handler may be, from the directory of the template. */
  files: readonly string[];
}

const FUNCTIONS: Readonly<Record<string, { role: string; handler: string; runtime: string }>> = {
  "AWS::Lambda::Function": { role: "Role", handler: "Handler", runtime: "Runtime" },
  "AWS::Serverless::Function": { role: "Role", handler: "Handler", runtime: "Runtime" },
  aws_lambda_function: { role: "role", handler: "handler", runtime: "runtime" },
};

const isServerless = ({ type }: TemplateResource): boolean => type.startsWith("AWS::Serverless::");

/** The role of a function or a state machine; where SAM makes it, a reference to that. */
export function readOwnRole(resource: TemplateResource, property: string): string | Unknown | undefined {
  const role = resource.properties.member(property);
  const pieces = role && resource.readText(role);
  if (pieces) return textFromSegments(pieces);
  if (role) return role.value instanceof Unknown ? role.value : undefined;
  if (!isServerless(resource)) return undefined;
  const common = readGlobals(resource, property);
  if (common !== undefined) return typeof common === "string" ? common : new Unknown(`Globals: ${property}`);
  const source = `!GetAtt ${resource.name}Role.Arn`;
  return new PartialText(source, [{ source }]);
}

/** What all functions of a SAM template have in common. */
function readGlobals({ type, properties }: TemplateResource, property: string): unknown {
  const { Globals: globals } = isObject(properties.document.value) ? properties.document.value : {};
  const common = isObject(globals) ? globals[type.slice("AWS::Serverless::".length)] : undefined;
  return isObject(common) ? common[property] : undefined;
}

/** The functions of a template, of a plan, or of the files of a directory in Terraform's language. */
export function findFunctions(resources: readonly TemplateResource[]): TemplateFunction[] {
  return resources.flatMap((resource) => {
    const names = Object.hasOwn(FUNCTIONS, resource.type) ? FUNCTIONS[resource.type]! : undefined;
    const role = names && readOwnRole(resource, names.role);
    const handler = names && readText(resource, names.handler);
    if (role === undefined || handler === undefined) return [];
    const files = listCode(resource, resources).flatMap((code) =>
      listModules(code, handler, readText(resource, names!.runtime)),
    );
    return files.length > 0 ? [{ role, files }] : [];
  });
}

/** A property that is known, also where it is the same for all functions. */
function readText(resource: TemplateResource, key: string): string | undefined {
  const part = resource.properties.member(key);
  const value = part
    ? resolveIntrinsics(part)
    : isServerless(resource)
      ? readGlobals(resource, key)
      : undefined;
  return typeof value === "string" ? value : undefined;
}

/** The directories or files of a function's code. */
function listCode(resource: TemplateResource, resources: readonly TemplateResource[]): string[] {
  const { type, properties } = resource;
  if (type === "AWS::Serverless::Function") {
    const code = readText(resource, "CodeUri") ?? (properties.member("CodeUri") ? undefined : ".");
    return code === undefined || properties.member("InlineCode") ? [] : [code];
  }
  if (type === "AWS::Lambda::Function") return [readText(resource, "Code") ?? []].flat();
  const archive = findArchive(resource, resources);
  return ["source_file", "source_dir"].flatMap((key) => {
    const part = archive?.properties.member(key);
    return (part && archive && readModulePath(part, archive)) ?? [];
  });
}

const ARCHIVE = /(data\.archive_file\.[\w-]+)(?:\[[^\]]*\])?\.output_path/;

function findArchive(
  resource: TemplateResource,
  resources: readonly TemplateResource[],
): TemplateResource | undefined {
  const part = resource.properties.member("filename");
  const [only] = part ? toTextParts(resource.readText(part) ?? []) : [];
  const name = typeof only === "object" ? ARCHIVE.exec(only.source)?.[1] : undefined;
  return name === undefined ? undefined : resources.find((one) => one.name === name);
}

/** `${path.module}/src`, from the directory of the module. */
function readModulePath(part: DocumentPart, { readText: text }: TemplateResource): string | undefined {
  const parts = getTextParts(part.value) ?? toTextParts(text(part) ?? []);
  const texts = parts.map((one) =>
    typeof one === "string"
      ? one
      : /^(?:\$\{ ?)?path\.(?:module|root)(?: ?\})?$/.test(one.source)
        ? "."
        : undefined,
  );
  return texts.length > 0 && texts.every((one) => one !== undefined) ? texts.join("") : undefined;
}

const PYTHON = [".py"];
const JAVASCRIPT = [".js", ".mjs", ".cjs", ".ts", ".mts"];

/** What functions of Lambda are written in, of what is read. */
export const isCodeOfFunctions = (file: string): boolean =>
  [...PYTHON, ...JAVASCRIPT].some((ending) => file.endsWith(ending));

/** The files in which the function that a handler names may be. */
function listModules(code: string, handler: string, runtime = ""): string[] {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(code)) return [];
  const module = handler.slice(0, handler.lastIndexOf("."));
  const endings = runtime.startsWith("python") ? PYTHON : runtime.startsWith("nodejs") ? JAVASCRIPT : [];
  if (endings.some((ending) => code.endsWith(ending))) return [posix.normalize(code)];
  const path = endings === PYTHON ? module.replaceAll(".", "/") : module;
  return module === "" ? [] : endings.map((ending) => posix.join(code, `${path}${ending}`));
}
