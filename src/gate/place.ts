import { join } from "node:path";
import { type Environment, homeOf, readSettings } from "./environment.ts";

/** Where a command would call AWS, as far as it can be told without running anything; undefined: not known. */
export interface CallPlace {
  account: string | undefined;
  region: string | undefined;
}

/** What is known beside the command itself. */
export interface PlaceSources {
  environment: Environment;
  caller: string | undefined;
  /** The version of the AWS CLI: only version 2 goes by AWS_REGION. */
  cliVersion: 1 | 2 | undefined;
}

/** Reads the account and the Region from the words, the environment and the AWS CLI's configuration, in that order. */
export function findCallPlace(
  words: readonly string[],
  { environment, caller, cliVersion }: PlaceSources,
): CallPlace {
  const profile = findOption(words, "profile") ?? findProfile(environment, cliVersion);
  const settings = readProfile(profile ?? "default", environment);
  const region = findOption(words, "region") ?? findRegion(environment, cliVersion) ?? settings.get("region");
  const account = accountOf(caller) ?? settings.get("sso_account_id") ?? accountOf(settings.get("role_arn"));
  return { account, region: region === CONTRADICTION ? undefined : region };
}

/** Versions 1 and 2 would go by different variables. */
const CONTRADICTION = "";

function findRegion(
  { AWS_REGION, AWS_DEFAULT_REGION }: Environment,
  version: 1 | 2 | undefined,
): string | undefined {
  if (version === 1) return AWS_DEFAULT_REGION;
  if (version === 2 || AWS_REGION === AWS_DEFAULT_REGION) return AWS_REGION ?? AWS_DEFAULT_REGION;
  return AWS_REGION === undefined ? AWS_DEFAULT_REGION : CONTRADICTION;
}

const findProfile = (
  { AWS_PROFILE, AWS_DEFAULT_PROFILE }: Environment,
  version: 1 | 2 | undefined,
): string | undefined =>
  version === 2 ? (AWS_PROFILE ?? AWS_DEFAULT_PROFILE) : (AWS_DEFAULT_PROFILE ?? AWS_PROFILE);

const accountOf = (arn: string | undefined): string | undefined =>
  /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):/.exec(arn ?? "")?.[1];

/** Whether a word is a global option, or the beginning of one, which the AWS CLI takes before those of the operation. */
const isOption = (word: string, name: string): boolean => /^--./.test(word) && `--${name}`.startsWith(word);

/** The last value of an option, as the AWS CLI takes it. */
export function findOption(words: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  for (const [at, word] of words.entries()) {
    const [option, ...rest] = word.split("=");
    if (!isOption(option!, name)) continue;
    value = word.includes("=") ? rest.join("=") : words[at + 1];
  }
  return value;
}

function readProfile(profile: string, environment: Environment): ReadonlyMap<string, string> {
  const sections = readSettings(environment.AWS_CONFIG_FILE ?? join(homeOf(environment), ".aws", "config"));
  const names = [...sections.keys()].filter((section) => isProfile(section, profile));
  return new Map(names.flatMap((name) => [...sections.get(name)!]));
}

/** `[profile NAME]`, where the name may be in quotes, or `[NAME]`. */
function isProfile(section: string, profile: string): boolean {
  const name = section.replace(/^profile /, "").replace(/^(["'])(.*)\1$/, "$2");
  return name === profile;
}
