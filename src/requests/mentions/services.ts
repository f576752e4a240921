import { SDK_SERVICE_NAMES } from "../operations.ts";

/** What programs call a service, without blanks and hyphens: as boto3 does, and as the SDKs do. */
export function namesOfService(service: string): string[] {
  const plain = service.replace(/[^a-z0-9]/gi, "").toLowerCase();
  const others = [...SDK_SERVICE_NAMES].filter(([, boto3]) => boto3 === service).map(([sdk]) => sdk);
  return [plain, ...others];
}

const PATTERNS = new Map<string, RegExp>();

function patternOf(service: string): RegExp {
  const names = namesOfService(service).map((name) => [...name].join("[-_ ]?"));
  const name = `(?:${names.join("|")})`;
  // A client or a resource of the service, its package, or a command of the AWS CLI.
  const source = [
    `(?:client|resource|service|session|aws|amazon|sdk)\\w{0,12}["'\`]?[\\s("'\`/:.@=,>{-]{1,8}(?:[\\w]{1,20}[/.:-]{1,2}){0,3}${name}(?![a-z])`,
    `\\b${name}[-_]?(?:client|service|svc|api|sdk)`,
    `^[ \\t]*(?:import|from|use|using|require)\\b.{0,200}?\\b${name}\\b`,
    `(?:aws|Aws)[./:]{1,2}(?:services[./:]{1,2})?${name}\\b`,
    `["'\`]${name}["'\`]`,
  ].join("|");
  return new RegExp(source, "im");
}

/** Does a program name a service as a client, an import or a package? */
export function namesService(text: string, service: string): boolean {
  const pattern = PATTERNS.get(service) ?? patternOf(service);
  PATTERNS.set(service, pattern);
  return pattern.test(text);
}

/** The same test for many services of one program, which is searched once for each. */
export function createServiceMatcher(text: string): (service: string) => boolean {
  const known = new Map<string, boolean>();
  return (service) => {
    const isNamed = known.get(service) ?? namesService(text, service);
    known.set(service, isNamed);
    return isNamed;
  };
}
